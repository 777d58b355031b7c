package org.dinobench.faiss;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dinobench.core.problem.BadInputException;

/**
 * NumPy files of float32 vectors in rows (format version 1 to 3, little-endian, C order): written row by row, and
 * mapped for reading. The format is that of {@code numpy.lib.format}.
 *
 * @param file the file
 * @param offset bytes before the first row
 * @param rows number of vectors, may be 0
 * @param dimension numbers in a vector
 */
public record NpyFile(Path file, long offset, long rows, int dimension) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int MAX_HEADER = 64 * 1024;
    private static final int ALIGNMENT = 64;
    private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE =
            Pattern.compile("'shape'\\s*:\\s*\\(\\s*([0-9]{1,18})\\s*,\\s*([0-9]{1,9})\\s*,?\\s*\\)");

    /**
     * Reads the header and checks that the file is as long as it says.
     *
     * @throws BadInputException when it is no such file
     */
    public static NpyFile open(Path file) throws IOException {
        String header;
        long offset;
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(8);
            if (start.length < 8 || !ByteBuffer.wrap(start, 0, 6).equals(ByteBuffer.wrap(MAGIC))) {
                throw bad(file, "it is not a NumPy file");
            }
            int width = start[6] == 1 ? 2 : 4;
            byte[] size = in.readNBytes(width);
            if (start[6] < 1 || start[6] > 3 || size.length < width) {
                throw bad(file, "its NumPy format version is not known");
            }
            ByteBuffer length = ByteBuffer.wrap(size).order(ByteOrder.LITTLE_ENDIAN);
            int bytes = width == 2 ? Short.toUnsignedInt(length.getShort()) : length.getInt();
            if (bytes < 0 || bytes > MAX_HEADER) {
                throw bad(file, "its header is too long");
            }
            byte[] text = in.readNBytes(bytes);
            if (text.length < bytes) {
                throw bad(file, "it ends within the header");
            }
            header = new String(text, StandardCharsets.UTF_8);
            offset = 8L + width + bytes;
        } catch (NoSuchFileException e) {
            throw new BadInputException(file.toString(), "there is no such file", "check the path", e);
        }
        return parse(file, header, offset);
    }

    private static NpyFile parse(Path file, String header, long offset) throws IOException {
        Matcher type = TYPE.matcher(header);
        Matcher order = ORDER.matcher(header);
        Matcher shape = SHAPE.matcher(header);
        if (!type.find()
                || !type.group(1).equals("<f4")
                || !order.find()
                || !order.group(1).equals("False")) {
            throw bad(file, "it does not hold little-endian float32 in C order");
        }
        if (!shape.find()) {
            throw bad(file, "it does not hold a matrix");
        }
        long rows = Long.parseLong(shape.group(1));
        int dimension = Integer.parseInt(shape.group(2));
        if (dimension < 1 || rows > Long.MAX_VALUE / 8 / dimension) {
            throw bad(file, "its shape " + rows + " x " + dimension + " is not usable");
        }
        if (Files.size(file) != offset + rows * dimension * Float.BYTES) {
            throw bad(file, "its length does not fit its shape " + rows + " x " + dimension);
        }
        if (offset % Float.BYTES != 0) {
            throw bad(file, "its numbers are not aligned");
        }
        return new NpyFile(file, offset, rows, dimension);
    }

    private static BadInputException bad(Path file, String problem) {
        return new BadInputException(file.toString(), problem, "write it with numpy.save from a float32 matrix");
    }

    /**
     * Maps the vectors for reading.
     *
     * @throws IllegalStateException when there are none
     */
    public Vectors map() {
        if (rows == 0) {
            throw new IllegalStateException(file + " holds no vectors");
        }
        return Vectors.map(file, offset, rows, dimension);
    }

    /** Writes the header of a matrix; the rows follow in little-endian order. */
    public static void writeHeader(OutputStream out, long rows, int dimension) throws IOException {
        String dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + rows + ", " + dimension + "), }";
        int unpadded = MAGIC.length + 4 + dictionary.length() + 1;
        int padding = (ALIGNMENT - unpadded % ALIGNMENT) % ALIGNMENT;
        String text = dictionary + " ".repeat(padding) + "\n";
        out.write(MAGIC);
        out.write(1);
        out.write(0);
        out.write(text.length() & 0xff);
        out.write(text.length() >> 8);
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Writes numbers as the rows of the matrix. */
    public static void writeRows(OutputStream out, float[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        out.write(bytes.array());
    }
}

package org.dinobench.imaging.augment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dinobench.imaging.RgbImage;

/** Reads tensors of a golden safetensors file. */
final class GoldenTensors {
    private final ByteBuffer file;
    private final String header;
    private final int data;

    GoldenTensors(String name) throws IOException {
        file = ByteBuffer.wrap(Files.readAllBytes(Path.of(System.getProperty("dinobench.golden"), name)))
                .order(ByteOrder.LITTLE_ENDIAN);
        int length = (int) file.getLong(0);
        header = new String(file.array(), 8, length, StandardCharsets.UTF_8);
        data = 8 + length;
    }

    RgbImage image(String name) {
        int[] entry = entry(name, "U8");
        byte[] rgb = new byte[entry[4] - entry[3]];
        System.arraycopy(file.array(), data + entry[3], rgb, 0, rgb.length);
        return new RgbImage(entry[1], entry[0], rgb);
    }

    float[] floats(String name) {
        int[] entry = entry(name, "F32");
        float[] out = new float[(entry[4] - entry[3]) / 4];
        file.slice(data + entry[3], entry[4] - entry[3])
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(out);
        return out;
    }

    double[] doubles(String name) {
        int[] entry = entry(name, "F64");
        double[] out = new double[(entry[4] - entry[3]) / 8];
        file.slice(data + entry[3], entry[4] - entry[3])
                .order(ByteOrder.LITTLE_ENDIAN)
                .asDoubleBuffer()
                .get(out);
        return out;
    }

    /** First three sizes, then start and end. */
    private int[] entry(String name, String type) {
        Matcher m = Pattern.compile("\"" + Pattern.quote(name) + "\":\\s*\\{([^}]*)\\}")
                .matcher(header);
        if (!m.find() || !m.group(1).contains("\"" + type + "\"")) {
            throw new IllegalArgumentException("No " + type + " tensor " + name);
        }
        int[] out = new int[5];
        Matcher shape = Pattern.compile("\"shape\":\\s*\\[([^\\]]*)\\]").matcher(m.group(1));
        Matcher offsets =
                Pattern.compile("\"data_offsets\":\\s*\\[\\s*(\\d+),\\s*(\\d+)").matcher(m.group(1));
        if (!shape.find() || !offsets.find()) {
            throw new IllegalArgumentException("Tensor " + name + " is not described");
        }
        String[] sizes = shape.group(1).split(",");
        for (int i = 0; i < Math.min(3, sizes.length); i++) {
            out[i] = Integer.parseInt(sizes[i].trim());
        }
        out[3] = Integer.parseInt(offsets.group(1));
        out[4] = Integer.parseInt(offsets.group(2));
        return out;
    }
}

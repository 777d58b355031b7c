package org.dinobench.torch.format;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipException;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.torch.TensorScope;

/**
 * Files written by {@code torch.save}, in the zip form (PyTorch 1.6 and later) and the older plain form, read without
 * running anything: a pickle may hold tensors, containers, texts and numbers, and is refused when it names any other
 * Python object. Nested dictionaries appear as names joined by dots, such as {@code teacher.backbone.cls_token}; numbers
 * and texts beside the tensors are the file's metadata.
 */
public final class PthReader implements TensorFile {
    private static final BigInteger LEGACY_MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final int MAX_DEPTH = 64;
    private static final int MAX_LEAVES = 1_000_000;

    private final Path file;
    private final PthStorages storages;
    private final Map<String, PickleGlobals.Reference> references = new LinkedHashMap<>();
    private final Map<String, TensorEntry> entries = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private int leaves;

    private PthReader(Path file, PthStorages storages) {
        this.file = file;
        this.storages = storages;
    }

    /**
     * Opens a file and reads its description of the tensors.
     *
     * @throws BadInputException when the file is damaged, of another format, or holds other Python objects
     */
    public static PthReader open(Path file) throws IOException {
        try {
            return isZip(file) ? openZip(file) : openLegacy(file);
        } catch (ZipException | EOFException e) {
            throw new BadInputException(
                    file.toString(), "it is damaged (" + e.getMessage() + ")", "get the file again", e);
        } catch (ArithmeticException e) {
            throw new BadInputException(
                    file.toString(), "it claims a tensor that is larger than any memory", "get the file again", e);
        } catch (PickleException e) {
            throw new BadInputException(
                    file.toString(),
                    e.getMessage(),
                    "save only a state_dict (a dictionary of tensors), or convert it to safetensors",
                    e);
        }
    }

    /** Whether a file starts like a zip archive. */
    static boolean isZip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(4);
            return start.length == 4 && start[0] == 'P' && start[1] == 'K' && start[2] == 3 && start[3] == 4;
        }
    }

    private static PthReader openZip(Path file) throws IOException {
        PthZip zip = PthZip.open(file);
        try {
            PthReader reader = new PthReader(file, zip);
            try (DataInputStream in = new DataInputStream(new BufferedInputStream(zip.pickle()))) {
                reader.flatten("", PickleReader.read(in), 0);
            }
            reader.checkStorages();
            return reader;
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private static PthReader openLegacy(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            CountingStream counting = new CountingStream(new BufferedInputStream(Channels.newInputStream(channel)));
            DataInputStream in = new DataInputStream(counting);
            if (in.readUnsignedByte() != 0x80) {
                throw new PickleException("it is no file of torch.save");
            }
            counting.unread(0x80);
            if (!LEGACY_MAGIC.equals(PickleReader.read(in))) {
                throw new PickleException("it is no file of torch.save");
            }
            PickleReader.read(in); // protocol version
            PickleReader.read(in); // sizes and byte order of the writing machine
            PthLegacyStorages storages = new PthLegacyStorages(channel);
            PthReader reader = new PthReader(file, storages);
            reader.flatten("", PickleReader.read(in), 0);
            List<?> keys = PickleGlobals.list(PickleReader.read(in));
            storages.locate(keys, reader.references.values(), counting.position());
            reader.checkStorages();
            return reader;
        } catch (EOFException e) {
            channel.close();
            throw new PickleException("it ends too early");
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void flatten(String name, Object value, int depth) {
        if (depth > MAX_DEPTH || ++leaves > MAX_LEAVES) {
            throw new PickleException("its containers are nested too deeply or too large");
        }
        if (value instanceof PickleGlobals.Reference reference) {
            String key = name.isEmpty() ? "tensor" : name;
            if (references.put(key, reference) != null) {
                throw new PickleException("two tensors have the name '" + key + "'");
            }
            entries.put(key, new TensorEntry(key, reference.storage().type(), reference.shape()));
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, element) -> flatten(join(name, key), element, depth + 1));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                flatten(join(name, i), list.get(i), depth + 1);
            }
        } else if (value != null) {
            metadata.put(name, value.toString());
        }
    }

    private static String join(String name, Object key) {
        return name.isEmpty() ? String.valueOf(key) : name + "." + key;
    }

    private void checkStorages() {
        for (Map.Entry<String, PickleGlobals.Reference> entry : references.entrySet()) {
            PickleGlobals.Storage storage = entry.getValue().storage();
            long needed = Math.multiplyExact(storage.count(), storage.type().bytes());
            if (storages.bytes(storage.key()) != needed) {
                throw new PickleException("the data of tensor '" + entry.getKey() + "' should have " + needed
                        + " bytes but has " + storages.bytes(storage.key()));
            }
        }
    }

    @Override
    public Map<String, TensorEntry> entries() {
        return Collections.unmodifiableMap(entries);
    }

    @Override
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(metadata);
    }

    @Override
    public Tensor read(String name) {
        PickleGlobals.Reference reference = references.get(name);
        if (reference == null) {
            throw new IllegalArgumentException("There is no tensor '" + name + "' in " + file);
        }
        try {
            return read(reference, entries.get(name));
        } catch (IOException e) {
            throw new BadInputException(
                    file.toString(),
                    "tensor '" + name + "' could not be read (" + e.getMessage() + ")",
                    "get the file again",
                    e);
        }
    }

    private Tensor read(PickleGlobals.Reference reference, TensorEntry entry) throws IOException {
        PickleGlobals.Storage storage = reference.storage();
        int width = storage.type().bytes();
        if (isContiguous(reference)) {
            return ChannelTensors.read(
                    storages.reader(storage.key(), reference.offset() * width), storage.type(), entry.sizes());
        }
        try (TensorScope scope = TensorScope.open()) {
            Tensor whole = ChannelTensors.read(storages.reader(storage.key(), 0), storage.type(), storage.count());
            Tensor strided = whole.narrow(0, reference.offset(), storage.count() - reference.offset())
                    .as_strided(
                            entry.sizes(),
                            reference.strides().stream()
                                    .mapToLong(Long::longValue)
                                    .toArray());
            return scope.keep(strided.contiguous());
        }
    }

    private static boolean isContiguous(PickleGlobals.Reference reference) {
        long expected = 1;
        for (int i = reference.shape().size() - 1; i >= 0; i--) {
            if (reference.shape().get(i) != 1 && reference.strides().get(i) != expected) {
                return reference.shape().contains(0L);
            }
            expected *= reference.shape().get(i);
        }
        return true;
    }

    @Override
    public void close() {
        try {
            storages.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Closing " + file, e);
        }
    }

    /** The bytes behind the tensors. */
    interface PthStorages extends AutoCloseable {
        /** Number of bytes of a storage, or -1 when it is not there. */
        long bytes(String key);

        /** Reads a storage from a byte on, in order. */
        Source reader(String key, long from) throws IOException;

        @Override
        void close() throws IOException;
    }

    /** Fills buffers in order. */
    @FunctionalInterface
    interface Source {
        /** Fills the buffer to its limit. */
        void fill(ByteBuffer target) throws IOException;
    }

    /** Knows how many bytes have been taken, and takes one back. */
    private static final class CountingStream extends InputStream {
        private final InputStream in;
        private long position;
        private int pushedBack = -1;

        CountingStream(InputStream in) {
            this.in = in;
        }

        void unread(int value) {
            pushedBack = value;
            position--;
        }

        long position() {
            return position;
        }

        @Override
        public int read() throws IOException {
            int value = pushedBack >= 0 ? pushedBack : in.read();
            pushedBack = -1;
            position += value < 0 ? 0 : 1;
            return value;
        }
    }
}

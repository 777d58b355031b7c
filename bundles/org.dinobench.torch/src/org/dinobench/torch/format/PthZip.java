package org.dinobench.torch.format;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The zip form: {@code PREFIX/data.pkl} and one entry {@code PREFIX/data/KEY} a storage. */
final class PthZip implements PthReader.PthStorages {
    private static final long MAX_PICKLE = 1 << 28;

    private final ZipFile zip;
    private final Map<String, ZipEntry> data = new HashMap<>();
    private final ZipEntry pickle;

    private PthZip(ZipFile zip) throws IOException {
        this.zip = zip;
        ZipEntry found = null;
        for (ZipEntry entry : Collections.list(zip.entries())) {
            String name = entry.getName();
            String relative = name.substring(name.indexOf('/') + 1);
            if (relative.equals("constants.pkl")) {
                throw new PickleException("it is a TorchScript archive, not a file of torch.save");
            }
            if (relative.equals("data.pkl")) {
                found = entry;
            } else if (relative.startsWith("data/")) {
                data.put(relative.substring(5), entry);
            } else if (relative.equals("byteorder")) {
                checkByteOrder(entry);
            }
        }
        if (found == null || found.getSize() > MAX_PICKLE) {
            throw new PickleException("it is a zip archive but not one of torch.save");
        }
        this.pickle = found;
    }

    static PthZip open(Path file) throws IOException {
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw new PickleException("its zip archive is damaged (" + e.getMessage() + ")");
        }
        try {
            return new PthZip(zip);
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private void checkByteOrder(ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            if (!new String(in.readNBytes(16), StandardCharsets.US_ASCII).startsWith("little")) {
                throw new PickleException("it was written on a big-endian machine");
            }
        }
    }

    /** The description of the tensors; at most as long as the archive says. */
    InputStream pickle() throws IOException {
        return zip.getInputStream(pickle);
    }

    @Override
    public long bytes(String key) {
        ZipEntry entry = data.get(key);
        return entry == null ? -1 : entry.getSize();
    }

    @Override
    public PthReader.Source reader(String key, long from) throws IOException {
        InputStream in = zip.getInputStream(data.get(key));
        in.skipNBytes(from);
        byte[] block = new byte[1 << 16];
        return target -> {
            while (target.hasRemaining()) {
                int count = in.read(block, 0, Math.min(block.length, target.remaining()));
                if (count < 0) {
                    throw new EOFException("the file ends too early");
                }
                target.put(block, 0, count);
            }
        };
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}

package org.dinobench.torch.format;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.core.io.AtomicFiles;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;

/**
 * The safetensors format: 8 bytes little-endian header length, a JSON header (name to type, shape and byte range, plus
 * texts under {@code __metadata__}), then the bytes. Files of any size; values are streamed, not gathered.
 */
public final class Safetensors {
    static final String METADATA = "__metadata__";
    private static final int CHUNK = 1 << 24;

    private Safetensors() {}

    /**
     * Opens a file and checks its header.
     *
     * @throws org.dinobench.core.problem.BadInputException when it is no sound safetensors file
     */
    public static TensorFile open(Path file) throws IOException {
        return SafetensorsReader.open(file);
    }

    /**
     * Writes tensors, in the order of the map except that types with larger elements come first, which keeps every
     * tensor aligned. The file appears under its name only when it is complete.
     *
     * @param tensors on any device; strided ones are made contiguous one at a time
     * @param metadata texts for {@code __metadata__}; may be empty
     */
    public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) throws IOException {
        List<Item> items = new ArrayList<>();
        tensors.forEach((name, tensor) -> {
            if (name.equals(METADATA)) {
                throw new IllegalArgumentException("A tensor may not be named " + METADATA);
            }
            items.add(new Item(name, tensor, TensorType.of(tensor.scalar_type().intern())));
        });
        items.sort(Comparator.comparing((Item item) -> -item.type().bytes()));
        byte[] header = header(items, metadata);
        AtomicFiles.writeFile(file, temporary -> {
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
                start(channel, header);
                for (Item item : items) {
                    write(channel, item.tensor());
                }
            }
        });
    }

    private record Item(String name, Tensor tensor, TensorType type) {}

    /**
     * Writes tensors that are fetched one after the other in the order of the map, and never held together.
     *
     * @param entries names and shapes, all of one type
     * @param read fetches a tensor; what it makes is freed before the next one
     * @param metadata texts for {@code __metadata__}; may be empty
     */
    public static void write(
            Path file, Map<String, TensorEntry> entries, Function<String, Tensor> read, Map<String, String> metadata)
            throws IOException {
        if (entries.values().stream().map(TensorEntry::type).distinct().count() > 1) {
            throw new IllegalArgumentException("Tensors that are fetched one by one are of one type");
        }
        byte[] header = headerOf(entries.values(), metadata);
        AtomicFiles.writeFile(file, temporary -> {
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
                start(channel, header);
                for (TensorEntry entry : entries.values()) {
                    try (TensorScope scope = TensorScope.open()) {
                        Tensor tensor = read.apply(entry.name());
                        if (tensor.numel() != entry.count()
                                || TensorType.of(tensor.scalar_type().intern()) != entry.type()) {
                            throw new IllegalArgumentException("The tensor " + entry.name() + " is not what was said");
                        }
                        write(channel, tensor);
                    }
                }
            }
        });
    }

    private static void start(FileChannel channel, byte[] header) throws IOException {
        ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        writeFully(channel, length.putLong(header.length).flip());
        writeFully(channel, ByteBuffer.wrap(header));
    }

    private static byte[] header(List<Item> items, Map<String, String> metadata) throws IOException {
        List<TensorEntry> entries = new ArrayList<>();
        for (Item item : items) {
            List<Long> shape =
                    Arrays.stream(Tensors.shape(item.tensor())).boxed().toList();
            entries.add(new TensorEntry(item.name(), item.type(), shape));
        }
        return headerOf(entries, metadata);
    }

    private static byte[] headerOf(Collection<TensorEntry> entries, Map<String, String> metadata) throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode root = json.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode texts = root.putObject(METADATA);
            metadata.forEach(texts::put);
        }
        long at = 0;
        for (TensorEntry item : entries) {
            ObjectNode entry = root.putObject(item.name());
            entry.put("dtype", item.type().name());
            ArrayNode shape = entry.putArray("shape");
            item.shape().forEach(shape::add);
            long end = Math.addExact(
                    at, Math.multiplyExact(item.count(), item.type().bytes()));
            entry.putArray("data_offsets").add(at).add(end);
            at = end;
        }
        String text = json.writeValueAsString(root);
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        return (text + " ".repeat((8 - bytes % 8) % 8)).getBytes(StandardCharsets.UTF_8);
    }

    private static void write(FileChannel channel, Tensor tensor) throws IOException {
        try (TensorScope scope = TensorScope.open()) {
            Tensor values = tensor.detach();
            if (!values.is_cpu()) {
                values = values.cpu();
            }
            if (!values.is_contiguous()) {
                values = values.contiguous();
            }
            long bytes = values.nbytes();
            for (long at = 0; at < bytes; at += CHUNK) {
                writeFully(channel, Tensors.bytes(values, at, (int) Math.min(CHUNK, bytes - at)));
            }
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}

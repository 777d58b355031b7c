package org.dinobench.torch.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.core.problem.BadInputException;

/** Reads safetensors files; everything in the header is checked before any of it is believed. */
final class SafetensorsReader implements TensorFile {
    private static final long MAX_HEADER = 100_000_000;
    private static final int MAX_TENSORS = 1_000_000;
    private static final int MAX_DIMENSIONS = 16;
    private static final long MAX_SIZE = 1L << 40;

    private final Path file;
    private final FileChannel channel;
    private final long dataStart;
    private final Map<String, TensorEntry> entries = new LinkedHashMap<>();
    private final Map<String, Long> offsets = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    private SafetensorsReader(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        long size = channel.size();
        if (size < 10) {
            throw bad("it is too short for a safetensors file");
        }
        long headerLength = read(0, 8).getLong();
        if (headerLength < 2 || headerLength > MAX_HEADER) {
            throw bad("it claims a header of " + Long.toUnsignedString(headerLength) + " bytes");
        }
        if (8 + headerLength > size) {
            throw bad("it ends within its header");
        }
        this.dataStart = 8 + headerLength;
        parse(read(8, (int) headerLength).array());
        checkRanges(size - dataStart);
    }

    static SafetensorsReader open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new SafetensorsReader(file, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void parse(byte[] header) throws IOException {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(8)
                        .maxStringLength((int) MAX_HEADER)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        JsonNode root;
        try {
            root = new ObjectMapper(factory)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readTree(header);
        } catch (JsonProcessingException e) {
            throw bad("its header is not sound JSON (" + e.getOriginalMessage() + ")", e);
        }
        if (root == null || !root.isObject() || root.size() > MAX_TENSORS) {
            throw bad("its header is not a JSON object of at most " + MAX_TENSORS + " entries");
        }
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            if (field.getKey().equals(Safetensors.METADATA)) {
                field.getValue()
                        .properties()
                        .forEach(text ->
                                metadata.put(text.getKey(), text.getValue().asText()));
            } else {
                entry(field.getKey(), field.getValue());
            }
        }
    }

    private void entry(String name, JsonNode node) {
        TensorType type = TensorType.named(node.path("dtype").asText());
        if (type == null) {
            throw bad("tensor '" + name + "' has the unknown type '"
                    + node.path("dtype").asText() + "'");
        }
        JsonNode shape = node.path("shape");
        JsonNode range = node.path("data_offsets");
        if (!shape.isArray() || shape.size() > MAX_DIMENSIONS || !range.isArray() || range.size() != 2) {
            throw bad("tensor '" + name + "' has no sound shape or range");
        }
        List<Long> sizes = new ArrayList<>();
        long bytes = type.bytes();
        for (JsonNode size : shape) {
            if (!size.isIntegralNumber() || !size.canConvertToLong() || size.asLong() < 0 || size.asLong() > MAX_SIZE) {
                throw bad("tensor '" + name + "' has the size " + size);
            }
            sizes.add(size.asLong());
            bytes = multiply(name, bytes, size.asLong());
        }
        long from = offset(name, range.get(0));
        long to = offset(name, range.get(1));
        if (to < from || to - from != bytes) {
            throw bad("tensor '" + name + "' of type " + type + " and shape " + sizes + " needs " + bytes
                    + " bytes but has the range " + from + " to " + to);
        }
        entries.put(name, new TensorEntry(name, type, sizes));
        offsets.put(name, from);
    }

    private long multiply(String name, long bytes, long size) {
        try {
            return Math.multiplyExact(bytes, size);
        } catch (ArithmeticException e) {
            throw bad("tensor '" + name + "' is larger than any memory", e);
        }
    }

    private long offset(String name, JsonNode node) {
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.asLong() < 0) {
            throw bad("tensor '" + name + "' has the offset " + node);
        }
        return node.asLong();
    }

    private void checkRanges(long available) {
        List<TensorEntry> sorted = new ArrayList<>(entries.values());
        sorted.sort(Comparator.comparing((TensorEntry entry) -> offsets.get(entry.name()))
                .thenComparing(this::bytes));
        long end = 0;
        for (TensorEntry entry : sorted) {
            long from = offsets.get(entry.name());
            if (from != end) {
                throw bad("the bytes of tensor '" + entry.name() + "' "
                        + (from < end ? "overlap those of another" : "leave a hole before them"));
            }
            end = from + bytes(entry);
        }
        if (end != available) {
            throw bad("its tensors need " + end + " bytes but " + available + " follow the header");
        }
    }

    private long bytes(TensorEntry entry) {
        return entry.count() * entry.type().bytes();
    }

    private ByteBuffer read(long at, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, at + buffer.position()) < 0) {
                throw bad("it ends too early");
            }
        }
        return buffer.flip();
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
        TensorEntry entry = entries.get(name);
        if (entry == null) {
            throw new IllegalArgumentException("There is no tensor '" + name + "' in " + file);
        }
        try {
            return ChannelTensors.read(channel, dataStart + offsets.get(name), entry.type(), entry.sizes());
        } catch (IOException e) {
            throw bad("tensor '" + name + "' could not be read (" + e.getMessage() + ")", e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Closing " + file, e);
        }
    }

    private BadInputException bad(String problem) {
        return bad(problem, null);
    }

    private BadInputException bad(String problem, Throwable cause) {
        return new BadInputException(
                file.toString(), problem, "the file is damaged or of another format; get it again", cause);
    }
}

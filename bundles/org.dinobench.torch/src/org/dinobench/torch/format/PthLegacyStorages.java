package org.dinobench.torch.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The older plain form: storages one after the other, each an element count of 8 bytes and its elements. */
final class PthLegacyStorages implements PthReader.PthStorages {
    private final FileChannel channel;
    private final Map<String, Long> starts = new HashMap<>();
    private final Map<String, Long> lengths = new HashMap<>();

    PthLegacyStorages(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Finds where each storage lies.
     *
     * @param keys the storages in file order
     * @param references what uses them, for their types
     * @param start position of the first
     */
    void locate(List<?> keys, Collection<PickleGlobals.Reference> references, long start) throws IOException {
        Map<String, TensorType> types = new HashMap<>();
        references.forEach(reference ->
                types.put(reference.storage().key(), reference.storage().type()));
        long at = start;
        for (Object key : keys) {
            TensorType type = key instanceof String name ? types.get(name) : null;
            if (type == null) {
                throw new PickleException("it holds a storage that no tensor uses");
            }
            ByteBuffer count = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
            ChannelTensors.fill(channel, at, count);
            long bytes = Math.multiplyExact(count.getLong(0), type.bytes());
            if (bytes < 0 || bytes > channel.size() - at - 8) {
                throw new PickleException("it ends within its tensors");
            }
            starts.put((String) key, at + 8);
            lengths.put((String) key, bytes);
            at += 8 + bytes;
        }
    }

    @Override
    public long bytes(String key) {
        return lengths.getOrDefault(key, -1L);
    }

    @Override
    public PthReader.Source reader(String key, long from) {
        long[] at = {starts.get(key) + from};
        return target -> {
            int count = target.remaining();
            ChannelTensors.fill(channel, at[0], target);
            at[0] += count;
        };
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

package org.dinobench.torch.format;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.dinobench.torch.ComputeDevice;
import org.dinobench.torch.Tensors;

/** Bytes of a file straight into a tensor's memory. */
final class ChannelTensors {
    private static final int CHUNK = 1 << 26;

    private ChannelTensors() {}

    /** A new tensor filled with the bytes of a channel from {@code at}. */
    static Tensor read(FileChannel channel, long at, TensorType type, long... shape) throws IOException {
        long[] position = {at};
        return read(
                target -> {
                    int count = target.remaining();
                    fill(channel, position[0], target);
                    position[0] += count;
                },
                type,
                shape);
    }

    /** A new tensor filled with the next bytes of a source, little-endian as in all these formats. */
    static Tensor read(PthReader.Source source, TensorType type, long... shape) throws IOException {
        if (type == TensorType.BOOL) {
            // any byte but 0 and 1 would be undefined behaviour in native code
            return read(source, TensorType.U8, shape).to(torch.ScalarType.Bool);
        }
        Tensor tensor =
                torch.empty(shape, Tensors.options(type.torch(), ComputeDevice.CPU), new MemoryFormatOptional());
        long bytes = tensor.nbytes();
        for (long done = 0; done < bytes; done += CHUNK) {
            source.fill(Tensors.bytes(tensor, done, (int) Math.min(CHUNK, bytes - done)));
        }
        return tensor;
    }

    /** Fills a buffer to its limit from a position of a channel. */
    static void fill(FileChannel channel, long at, ByteBuffer target) throws IOException {
        int start = target.position();
        while (target.hasRemaining()) {
            if (channel.read(target, at + target.position() - start) < 0) {
                throw new EOFException("the file ends too early");
            }
        }
    }
}

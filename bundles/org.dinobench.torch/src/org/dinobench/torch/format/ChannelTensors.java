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

    /** A new tensor of a type and shape filled with the bytes from {@code at}, little-endian as in all these formats. */
    static Tensor read(FileChannel channel, long at, TensorType type, long... shape) throws IOException {
        if (type == TensorType.BOOL) {
            // any byte but 0 and 1 would be undefined behaviour in native code
            return read(channel, at, TensorType.U8, shape).to(torch.ScalarType.Bool);
        }
        Tensor tensor =
                torch.empty(shape, Tensors.options(type.torch(), ComputeDevice.CPU), new MemoryFormatOptional());
        long bytes = tensor.nbytes();
        for (long done = 0; done < bytes; done += CHUNK) {
            ByteBuffer target = Tensors.bytes(tensor, done, (int) Math.min(CHUNK, bytes - done));
            long from = at + done;
            while (target.hasRemaining()) {
                int count = channel.read(target, from + target.position());
                if (count < 0) {
                    throw new EOFException("the file ends too early");
                }
            }
        }
        return tensor;
    }
}

package org.dinobench.imaging.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Direct float memory in the machine's byte order, as native code wants it. */
public final class DirectFloats {
    private DirectFloats() {}

    /**
     * A zeroed buffer.
     *
     * @throws IllegalArgumentException when it would exceed 2 GiB
     */
    public static FloatBuffer allocate(long floats) {
        long bytes = floats * Float.BYTES;
        if (bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "A batch of " + (bytes >> 20) + " MiB exceeds one buffer of 2 GiB; use a smaller batch");
        }
        return ByteBuffer.allocateDirect((int) bytes)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }
}

package org.dinobench.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Ways between Java memory, DJL and JavaCPP tensors, and small constructors. All results belong to the current scope. */
public final class Tensors {
    private Tensors() {}

    /** A pointer to a given address; owns nothing. */
    private static final class Address extends Pointer {
        Address(long address) {
            this.address = address;
        }
    }

    /**
     * Looks at the memory of a direct buffer as a float32 tensor, without a copy: what one writes the other sees. The
     * current {@link TensorScope} keeps the buffer reachable; without one the caller does.
     *
     * @param values direct, in native byte order; its remaining elements are used
     * @param shape sizes whose product is the number of remaining elements
     */
    public static Tensor wrap(FloatBuffer values, long... shape) {
        Torch.start();
        if (!values.isDirect()) {
            throw new IllegalArgumentException("Only a direct buffer can be used without a copy");
        }
        requireCount(values.remaining(), shape);
        FloatBuffer slice = values.slice();
        TensorScope scope = TensorScope.current();
        if (scope != null) {
            scope.retain(slice);
        }
        return torch.from_blob(new FloatPointer(slice), shape);
    }

    /** Copies an array into a new float32 tensor. */
    public static Tensor of(float[] values, long... shape) {
        Torch.start();
        requireCount(values.length, shape);
        return Tensor.create(values, shape);
    }

    /** Copies an array into a new float64 tensor. */
    public static Tensor of(double[] values, long... shape) {
        Torch.start();
        requireCount(values.length, shape);
        return Tensor.create(values, shape);
    }

    /** Copies an array into a new int64 tensor. */
    public static Tensor of(long[] values, long... shape) {
        Torch.start();
        requireCount(values.length, shape);
        return Tensor.create(values, shape);
    }

    /** Copies an array into a new boolean tensor. */
    public static Tensor of(boolean[] values, long... shape) {
        Torch.start();
        requireCount(values.length, shape);
        return Tensor.create(values, shape);
    }

    /** Zeros of a type on a device. */
    public static Tensor zeros(ScalarType type, ComputeDevice device, long... shape) {
        return torch.zeros(shape, options(type, device));
    }

    /** Options for new tensors of a type on a device. */
    public static TensorOptions options(ScalarType type, ComputeDevice device) {
        Torch.start();
        TensorOptions options = new TensorOptions(type);
        return device.equals(ComputeDevice.CPU) ? options : options.device(new DeviceOptional(device.toTorch()));
    }

    /** A vector of tensors for functions such as {@code cat}. */
    public static TensorVector vector(Iterable<Tensor> tensors) {
        TensorVector vector = new TensorVector();
        for (Tensor tensor : tensors) {
            vector.push_back(tensor);
        }
        return vector;
    }

    /** Sizes of the dimensions. */
    public static long[] shape(Tensor tensor) {
        long[] shape = new long[(int) tensor.dim()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = tensor.size(i);
        }
        return shape;
    }

    /** All elements as float32, in row-major order. */
    public static float[] floats(Tensor tensor) {
        float[] values = new float[Math.toIntExact(tensor.numel())];
        copy(tensor, values, 0);
        return values;
    }

    /** Copies all elements as float32, in row-major order, to {@code target} from {@code offset}. */
    public static void copy(Tensor tensor, float[] target, int offset) {
        int count = Math.toIntExact(tensor.numel());
        if (offset < 0 || count > target.length - offset) {
            throw new IllegalArgumentException(count + " elements do not fit at " + offset + " of " + target.length);
        }
        if (count > 0) {
            try (TensorScope scope = TensorScope.open()) {
                onHost(tensor, ScalarType.Float).data_ptr_float().get(target, offset, count);
            }
        }
    }

    /** Copies all elements as float32, in row-major order, to {@code target} and advances its position. */
    public static void copy(Tensor tensor, FloatBuffer target) {
        int count = Math.toIntExact(tensor.numel());
        if (count > target.remaining()) {
            throw new IllegalArgumentException(count + " elements do not fit in " + target.remaining());
        }
        if (count > 0) {
            try (TensorScope scope = TensorScope.open()) {
                target.put(onHost(tensor, ScalarType.Float)
                        .data_ptr_float()
                        .capacity(count)
                        .asBuffer());
            }
        }
    }

    /** All elements as float64, in row-major order. */
    public static double[] doubles(Tensor tensor) {
        double[] values = new double[Math.toIntExact(tensor.numel())];
        if (values.length > 0) {
            try (TensorScope scope = TensorScope.open()) {
                onHost(tensor, ScalarType.Double).data_ptr_double().get(values);
            }
        }
        return values;
    }

    /** All elements as int64, in row-major order. */
    public static long[] longs(Tensor tensor) {
        long[] values = new long[Math.toIntExact(tensor.numel())];
        if (values.length > 0) {
            try (TensorScope scope = TensorScope.open()) {
                onHost(tensor, ScalarType.Long).data_ptr_long().get(values);
            }
        }
        return values;
    }

    /**
     * The bytes of a contiguous CPU tensor without a copy; valid while the tensor is.
     *
     * @param from first byte
     * @param count number of bytes, within one buffer's limit of 2 GiB
     */
    public static ByteBuffer bytes(Tensor tensor, long from, int count) {
        if (!tensor.is_cpu() || !tensor.is_contiguous()) {
            throw new IllegalArgumentException(
                    "The bytes of a tensor can be seen only when it is on the CPU and contiguous");
        }
        if (from < 0 || count < 0 || from + count > tensor.nbytes()) {
            throw new IndexOutOfBoundsException("bytes " + from + " + " + count + " of " + tensor.nbytes());
        }
        // a plain pointer subclass would not know its element size, and the buffer would have the wrong length
        BytePointer all = new BytePointer(tensor.data_ptr());
        return all.position(from).limit(from + count).asByteBuffer().order(ByteOrder.nativeOrder());
    }

    /** A number for operations that take a {@code Scalar}. */
    public static Scalar scalar(double value) {
        return new Scalar(value);
    }

    /**
     * Views a DJL array as a JavaCPP tensor over the same memory. Valid only while the array is open; closing the
     * result frees nothing.
     */
    public static Tensor borrow(NDArray array) {
        Torch.start();
        return new Tensor(new Address(((PtNDArray) array).getHandle()));
    }

    /**
     * A DJL array over the memory of a JavaCPP tensor, owned by {@code manager}; either side may be freed first. No
     * ownership is handed over: a fresh native slot of DJL's is bound to the same tensor implementation.
     */
    public static NDArray give(NDManager manager, Tensor tensor) {
        Torch.start();
        PtNDArray slot = (PtNDArray) manager.create(0f);
        borrow(slot).put(tensor);
        // DJL caches shape and type at the first question; a second face of the slot has not been asked yet
        long handle = slot.getHandle();
        PtNDManager owner = (PtNDManager) slot.getManager();
        owner.detachInternal(slot.getUid());
        return new PtNDArray((PtNDManager) manager, handle);
    }

    private static Tensor onHost(Tensor tensor, ScalarType type) {
        Tensor result = tensor.detach();
        if (!result.is_cpu()) {
            result = result.cpu();
        }
        if (result.scalar_type().intern() != type) {
            result = result.to(type);
        }
        return result.is_contiguous() ? result : result.contiguous();
    }

    private static void requireCount(long count, long... shape) {
        long product = 1;
        for (long size : shape) {
            if (size < 0) {
                throw new IllegalArgumentException("Negative size in " + Arrays.toString(shape));
            }
            product = Math.multiplyExact(product, size);
        }
        if (product != count) {
            throw new IllegalArgumentException(
                    "Shape " + Arrays.toString(shape) + " needs " + product + " elements, there are " + count);
        }
    }
}

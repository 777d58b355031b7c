package org.dinobench.torch;

import org.bytedeco.pytorch.DataPtr;
import org.bytedeco.pytorch.Storage;
import org.bytedeco.pytorch.Tensor;

/**
 * Takes the memory of a tensor away and gives it new one, while the tensor and all its views stay: views that the
 * autograd graph has saved see the new memory, too. Nothing may read the tensor or a view of it in between.
 */
public final class TensorMemory {
    private TensorMemory() {}

    /** Frees the memory; nothing when that has happened already. */
    public static void release(Tensor tensor) {
        try (TensorScope scope = TensorScope.open()) {
            Storage storage = tensor.storage();
            if (storage.nbytes() != 0) {
                storage.set_data_ptr_noswap(new DataPtr());
                storage.set_nbytes(0);
            }
        }
    }

    /**
     * Gives new memory, whose contents are undefined; nothing when there is some.
     *
     * @param tensor the whole of its storage, such as a unit's flat values
     */
    public static void restore(Tensor tensor) {
        try (TensorScope scope = TensorScope.open()) {
            Storage storage = tensor.storage();
            if (storage.nbytes() == 0) {
                storage.set_data_ptr_noswap(storage.allocator()._allocate(tensor.nbytes()));
                storage.set_nbytes(tensor.nbytes());
            }
        }
    }

    /** Whether the tensor has memory. */
    public static boolean isThere(Tensor tensor) {
        try (TensorScope scope = TensorScope.open()) {
            return tensor.storage().nbytes() != 0;
        }
    }
}

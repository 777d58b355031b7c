package org.dinobench.torch.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.core.io.AtomicFiles;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;

/**
 * Writes what {@code torch.load} reads, also with {@code weights_only=True}: a stored (not compressed) zip archive with
 * a protocol 2 pickle of a dictionary of tensors, each with a storage of its own, data aligned to 64 bytes.
 */
public final class PthWriter {
    private PthWriter() {}

    /**
     * Writes a flat dictionary of tensors; the file appears under its name only when it is complete.
     *
     * @param tensors in the order they are to have; strided ones and those on other devices are copied one at a time
     * @param under names of dictionaries around it, outermost first, such as {@code teacher}; may be empty
     */
    public static void write(Path file, Map<String, Tensor> tensors, List<String> under) throws IOException {
        byte[] pickle = pickle(tensors, under);
        AtomicFiles.write(file, out -> {
            try (StoredZip zip = new StoredZip(out)) {
                zip.add("archive/data.pkl", pickle);
                zip.add("archive/byteorder", "little".getBytes(StandardCharsets.US_ASCII));
                int key = 0;
                for (Tensor tensor : tensors.values()) {
                    add(zip, "archive/data/" + key++, tensor);
                }
                zip.add("archive/version", "3\n".getBytes(StandardCharsets.US_ASCII));
            }
        });
    }

    private static void add(StoredZip zip, String name, Tensor tensor) throws IOException {
        try (TensorScope scope = TensorScope.open()) {
            Tensor values = tensor.detach();
            if (!values.is_cpu()) {
                values = values.cpu();
            }
            Tensor contiguous = values.is_contiguous() ? values : values.contiguous();
            zip.add(name, contiguous.nbytes(), sink -> {
                long bytes = contiguous.nbytes();
                for (long at = 0; at < bytes; at += 1 << 24) {
                    sink.accept(Tensors.bytes(contiguous, at, (int) Math.min(1 << 24, bytes - at)));
                }
            });
        }
    }

    private static byte[] pickle(Map<String, Tensor> tensors, List<String> under) throws IOException {
        Pickle pickle = new Pickle();
        for (String name : under) {
            pickle.op('}');
            pickle.text(name);
        }
        pickle.op('}').op('(');
        int key = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            pickle.text(entry.getKey());
            pickle.tensor(Integer.toString(key++), entry.getValue());
        }
        pickle.op('u');
        under.forEach(name -> pickle.op('s'));
        return pickle.op('.').bytes();
    }

    /** The few pickle codes that a dictionary of tensors needs. */
    private static final class Pickle {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Pickle() {
            op(0x80).op(2);
        }

        Pickle op(int code) {
            out.write(code);
            return this;
        }

        void text(String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            op('X').little(utf8.length, 4);
            out.writeBytes(utf8);
        }

        private void global(String module, String name) {
            op('c');
            out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
        }

        private void integer(long value) {
            if (value >= 0 && value <= Integer.MAX_VALUE) {
                op('J').little(value, 4);
            } else {
                op(0x8a).op(8).little(value, 8);
            }
        }

        private void integers(List<Long> values) {
            op('(');
            values.forEach(this::integer);
            op('t');
        }

        void tensor(String key, Tensor tensor) {
            long[] shape = Tensors.shape(tensor);
            List<Long> sizes = new ArrayList<>();
            List<Long> strides = new ArrayList<>();
            long stride = 1;
            for (int i = shape.length - 1; i >= 0; i--) {
                sizes.add(0, shape[i]);
                strides.add(0, stride);
                stride *= Math.max(shape[i], 1);
            }
            global("torch._utils", "_rebuild_tensor_v2");
            op('(').op('(');
            text("storage");
            global("torch", storage(TensorType.of(tensor.scalar_type().intern())));
            text(key);
            text("cpu");
            integer(tensor.numel());
            op('t').op('Q');
            integer(0);
            integers(sizes);
            integers(strides);
            op(0x89);
            global("collections", "OrderedDict");
            op(')').op('R').op('t').op('R');
        }

        private static String storage(TensorType type) {
            return switch (type) {
                case F64 -> "DoubleStorage";
                case F32 -> "FloatStorage";
                case F16 -> "HalfStorage";
                case BF16 -> "BFloat16Storage";
                case I64 -> "LongStorage";
                case I32 -> "IntStorage";
                case I16 -> "ShortStorage";
                case I8 -> "CharStorage";
                case U8 -> "ByteStorage";
                case BOOL -> "BoolStorage";
            };
        }

        private void little(long value, int bytes) {
            for (int i = 0; i < bytes; i++) {
                out.write((int) (value >>> 8 * i));
            }
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }
}

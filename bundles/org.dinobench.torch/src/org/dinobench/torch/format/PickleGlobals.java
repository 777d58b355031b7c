package org.dinobench.torch.format;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The only Python objects that a pickle may name, and what calling them means here. None of them runs anything; every
 * other name is refused.
 */
final class PickleGlobals {
    private static final int MAX_DIMENSIONS = 16;
    private static final Map<String, TensorType> STORAGES = Map.of(
            "DoubleStorage", TensorType.F64,
            "FloatStorage", TensorType.F32,
            "HalfStorage", TensorType.F16,
            "BFloat16Storage", TensorType.BF16,
            "LongStorage", TensorType.I64,
            "IntStorage", TensorType.I32,
            "ShortStorage", TensorType.I16,
            "CharStorage", TensorType.I8,
            "ByteStorage", TensorType.U8,
            "BoolStorage", TensorType.BOOL);

    private PickleGlobals() {}

    /** A name that may be called. */
    enum Callable {
        ORDERED_DICT,
        REBUILD_TENSOR,
        REBUILD_TENSOR_V2,
        REBUILD_PARAMETER,
        SIZE
    }

    /**
     * A block of elements in the file.
     *
     * @param key its name in the file
     * @param type its elements
     * @param count number of elements
     */
    record Storage(String key, TensorType type, long count) {}

    /**
     * A tensor over a storage.
     *
     * @param storage its elements
     * @param offset index of its first element
     * @param shape its sizes
     * @param strides elements from one index to the next, for each dimension
     */
    record Reference(Storage storage, long offset, List<Long> shape, List<Long> strides) {}

    /** The object of a qualified name: a {@link Callable} or a storage's {@link TensorType}. */
    static Object find(String module, String name) {
        String qualified = module + "." + name;
        if (module.equals("torch") && STORAGES.containsKey(name)) {
            return STORAGES.get(name);
        }
        return switch (qualified) {
            case "collections.OrderedDict" -> Callable.ORDERED_DICT;
            case "torch._utils._rebuild_tensor" -> Callable.REBUILD_TENSOR;
            case "torch._utils._rebuild_tensor_v2" -> Callable.REBUILD_TENSOR_V2;
            case "torch._utils._rebuild_parameter" -> Callable.REBUILD_PARAMETER;
            case "torch.Size" -> Callable.SIZE;
            default ->
                throw new PickleException("it names the Python object '" + qualified
                        + "', which is more than tensors and plain containers and might run code");
        };
    }

    /** What a call makes. */
    static Object call(Object callable, List<?> arguments) {
        if (!(callable instanceof Callable known)) {
            throw new PickleException("it calls something that is not a function");
        }
        return switch (known) {
            case ORDERED_DICT -> orderedDict(arguments);
            case REBUILD_TENSOR -> tensor(arguments, 4);
            case REBUILD_TENSOR_V2 -> tensor(arguments, 6);
            case REBUILD_PARAMETER -> parameter(arguments);
            case SIZE -> arguments.size() == 1 ? arguments.get(0) : List.of();
        };
    }

    private static Map<Object, Object> orderedDict(List<?> arguments) {
        Map<Object, Object> dict = new LinkedHashMap<>();
        if (!arguments.isEmpty()) {
            for (Object pair : list(arguments.get(0))) {
                List<?> two = list(pair);
                if (two.size() != 2) {
                    throw new PickleException("an ordered dictionary is built from something else than pairs");
                }
                dict.put(key(two.get(0)), two.get(1));
            }
        }
        return dict;
    }

    private static Reference parameter(List<?> arguments) {
        if (arguments.isEmpty() || !(arguments.get(0) instanceof Reference reference)) {
            throw new PickleException("a parameter is built from something else than a tensor");
        }
        return reference;
    }

    private static Reference tensor(List<?> arguments, int least) {
        if (arguments.size() < least || !(arguments.get(0) instanceof Storage storage)) {
            throw new PickleException("a tensor is built from wrong arguments");
        }
        long offset = integer(arguments.get(1));
        List<Long> shape = integers(arguments.get(2));
        List<Long> strides = integers(arguments.get(3));
        if (offset < 0 || shape.size() != strides.size() || shape.size() > MAX_DIMENSIONS) {
            throw new PickleException("a tensor has an impossible shape " + shape + " with strides " + strides);
        }
        boolean empty = shape.contains(0L);
        long last = offset;
        for (int i = 0; i < shape.size(); i++) {
            if (shape.get(i) < 0 || strides.get(i) < 0) {
                throw new PickleException("a tensor has an impossible shape " + shape + " with strides " + strides);
            }
            last = Math.addExact(last, Math.multiplyExact(Math.max(shape.get(i) - 1, 0), strides.get(i)));
        }
        if (!empty && last >= storage.count()) {
            throw new PickleException(
                    "a tensor of shape " + shape + " reaches beyond its storage of " + storage.count() + " elements");
        }
        return new Reference(storage, offset, shape, strides);
    }

    /** The storage that a persistent id describes. */
    static Storage storage(Object id) {
        List<?> parts = list(id);
        if (parts.size() < 5
                || !"storage".equals(parts.get(0))
                || !(parts.get(1) instanceof TensorType type)
                || !(parts.get(2) instanceof String key)) {
            throw new PickleException("it refers to something else than a plain storage");
        }
        if (parts.size() > 5 && parts.get(5) != null) {
            throw new PickleException("it holds views of storages in the form of PyTorch before 0.4");
        }
        long count = integer(parts.get(4));
        if (count < 0 || count > 1L << 40) {
            throw new PickleException("a storage has " + count + " elements");
        }
        return new Storage(key, type, count);
    }

    /** A dictionary key: text, number, truth value or nothing. */
    static Object key(Object value) {
        if (value == null || value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        throw new PickleException("a dictionary has a key that is neither text nor number");
    }

    static List<?> list(Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw new PickleException("a list or tuple is missing where one is needed");
    }

    private static List<Long> integers(Object value) {
        List<Long> integers = new ArrayList<>();
        for (Object element : list(value)) {
            integers.add(integer(element));
        }
        return integers;
    }

    static long integer(Object value) {
        if (value instanceof Long number) {
            return number;
        }
        if (value instanceof BigInteger big) {
            throw new PickleException("the number " + big + " is too large");
        }
        throw new PickleException("a whole number is missing where one is needed");
    }
}

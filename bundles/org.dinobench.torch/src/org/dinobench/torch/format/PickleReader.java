package org.dinobench.torch.format;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The part of Python's pickle machine that stored tensors need: numbers, texts, tuples, lists, dictionaries, and the
 * calls of {@link PickleGlobals}. Tuples and lists become lists, dictionaries linked maps, whole numbers {@code Long}
 * (beyond 64 bits {@code BigInteger}).
 */
final class PickleReader {
    private static final int MAX_OBJECTS = 20_000_000;
    private static final int MAX_TEXT = 1 << 26;
    private static final long MAX_ALL_TEXTS = 1L << 28;
    private static final Object MARK = new Object();

    private final DataInputStream in;
    private final ArrayList<Object> stack = new ArrayList<>();
    private final Map<Integer, Object> memo = new HashMap<>();
    private int objects;
    private long texts;

    private PickleReader(DataInputStream in) {
        this.in = in;
    }

    /**
     * Reads one pickle and leaves the stream behind it.
     *
     * @throws PickleException when it is damaged or holds something else
     */
    static Object read(DataInputStream in) throws IOException {
        try {
            return new PickleReader(in).run();
        } catch (EOFException e) {
            throw new PickleException("its description of the tensors ends too early");
        } catch (ArithmeticException | NumberFormatException e) {
            throw new PickleException("it holds a number out of range");
        }
    }

    private Object run() throws IOException {
        while (true) {
            int code = in.readUnsignedByte();
            if (code == '.') {
                return pop();
            }
            if (++objects > MAX_OBJECTS) {
                throw new PickleException("its description of the tensors is too long");
            }
            if (!value(code) && !container(code) && !memory(code)) {
                throw new PickleException(
                        String.format("its description of the tensors uses the pickle code 0x%02x", code));
            }
        }
    }

    private boolean value(int code) throws IOException {
        switch (code) {
            case 'N' -> push(null);
            case 0x88 -> push(true);
            case 0x89 -> push(false);
            case 'J' -> push((long) Integer.reverseBytes(in.readInt()));
            case 'K' -> push((long) in.readUnsignedByte());
            case 'M' -> push((long) (Short.reverseBytes(in.readShort()) & 0xffff));
            case 0x8a -> push(integer(bytes(in.readUnsignedByte())));
            case 0x8b -> push(integer(bytes(length())));
            case 'G' -> push(in.readDouble());
            case 'I' -> push(line(true));
            case 'L' -> push(line(false));
            case 'F' -> push(Double.valueOf(line()));
            case 'X', 'T' -> push(text(length()));
            case 0x8c, 'U' -> push(text(in.readUnsignedByte()));
            case 0x8d -> push(text(Math.toIntExact(Long.reverseBytes(in.readLong()))));
            case 'B' -> push(new String(bytes(length()), StandardCharsets.ISO_8859_1));
            case 'C' -> push(new String(bytes(in.readUnsignedByte()), StandardCharsets.ISO_8859_1));
            case 'c' -> push(PickleGlobals.find(line(), line()));
            case 0x93 -> {
                Object name = pop();
                Object module = pop();
                if (!(name instanceof String n) || !(module instanceof String m)) {
                    throw new PickleException("it names a Python object by something else than text");
                }
                push(PickleGlobals.find(m, n));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean container(int code) {
        switch (code) {
            case '(' -> push(MARK);
            case ')' -> push(List.of());
            case ']' -> push(new ArrayList<>());
            case '}' -> push(new LinkedHashMap<>());
            case 't', 'l' -> push(new ArrayList<>(popToMark()));
            case 0x85 -> push(popMany(1));
            case 0x86 -> push(popMany(2));
            case 0x87 -> push(popMany(3));
            case 'd' -> {
                List<Object> items = popToMark();
                Map<Object, Object> dict = new LinkedHashMap<>();
                put(dict, items);
                push(dict);
            }
            case 'a' -> {
                Object item = pop();
                mutableList(top()).add(item);
            }
            case 'e' -> {
                List<Object> items = popToMark();
                mutableList(top()).addAll(items);
            }
            case 's' -> {
                List<Object> pair = popMany(2);
                put(dict(top()), pair);
            }
            case 'u' -> {
                List<Object> items = popToMark();
                put(dict(top()), items);
            }
            case 'R', 0x81 -> {
                Object arguments = pop();
                push(PickleGlobals.call(pop(), PickleGlobals.list(arguments)));
            }
            case 'b' -> {
                // the only state that stored tensors set is the attribute _metadata of an ordered dictionary
                pop();
                dict(top());
            }
            case 'Q' -> push(PickleGlobals.storage(pop()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean memory(int code) throws IOException {
        switch (code) {
            case 0x80 -> {
                int protocol = in.readUnsignedByte();
                if (protocol < 2 || protocol > 5) {
                    throw new PickleException("it uses pickle protocol " + protocol);
                }
            }
            case 0x95 -> in.readLong();
            case 0x94 -> memo.put(memo.size(), top());
            case 'q' -> memo.put(in.readUnsignedByte(), top());
            case 'r' -> memo.put(Integer.reverseBytes(in.readInt()), top());
            case 'h' -> push(remembered(in.readUnsignedByte()));
            case 'j' -> push(remembered(Integer.reverseBytes(in.readInt())));
            case '0' -> pop();
            case '1' -> popToMark();
            case '2' -> push(top());
            default -> {
                return false;
            }
        }
        return true;
    }

    private Object remembered(int index) {
        if (!memo.containsKey(index)) {
            throw new PickleException("it refers to an object that is not there");
        }
        return memo.get(index);
    }

    private void push(Object value) {
        stack.add(value);
    }

    private Object top() {
        if (stack.isEmpty() || stack.get(stack.size() - 1) == MARK) {
            throw new PickleException("its description of the tensors is damaged");
        }
        return stack.get(stack.size() - 1);
    }

    private Object pop() {
        Object value = top();
        stack.remove(stack.size() - 1);
        return value;
    }

    private List<Object> popMany(int count) {
        List<Object> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(pop());
        }
        Collections.reverse(values);
        return values;
    }

    private List<Object> popToMark() {
        int mark = stack.lastIndexOf(MARK);
        if (mark < 0) {
            throw new PickleException("its description of the tensors is damaged");
        }
        List<Object> tail = stack.subList(mark, stack.size());
        List<Object> values = new ArrayList<>(tail.subList(1, tail.size()));
        tail.clear();
        return values;
    }

    private static void put(Map<Object, Object> dict, List<Object> items) {
        if (items.size() % 2 != 0) {
            throw new PickleException("a dictionary has a key without a value");
        }
        for (int i = 0; i < items.size(); i += 2) {
            dict.put(PickleGlobals.key(items.get(i)), items.get(i + 1));
        }
    }

    /** Dictionaries are made by this reader only, as maps of objects. */
    @SuppressWarnings("unchecked")
    private static Map<Object, Object> dict(Object value) {
        if (value instanceof LinkedHashMap<?, ?>) {
            return (Map<Object, Object>) value;
        }
        throw new PickleException("it sets items or state of something that is no dictionary");
    }

    /** Lists are made by this reader only, as lists of objects. */
    @SuppressWarnings("unchecked")
    private static List<Object> mutableList(Object value) {
        if (value instanceof ArrayList<?>) {
            return (List<Object>) value;
        }
        throw new PickleException("it appends to something that is no list");
    }

    private int length() throws IOException {
        int length = Integer.reverseBytes(in.readInt());
        if (length < 0 || length > MAX_TEXT) {
            throw new PickleException("it holds a text of " + Integer.toUnsignedString(length) + " bytes");
        }
        return length;
    }

    private byte[] bytes(int count) throws IOException {
        texts += Math.max(count, 0);
        if (count < 0 || count > MAX_TEXT || texts > MAX_ALL_TEXTS) {
            throw new PickleException("it holds a text of " + count + " bytes");
        }
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException();
        }
        return bytes;
    }

    private String text(int count) throws IOException {
        return new String(bytes(count), StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
            if (line.length() > 1000) {
                throw new PickleException("it holds an endless line");
            }
            line.append((char) c);
        }
        return line.toString();
    }

    private Object line(boolean mayBeTruth) throws IOException {
        String text = line();
        if (mayBeTruth && (text.equals("00") || text.equals("01"))) {
            return text.equals("01");
        }
        return shrink(new BigInteger(text.endsWith("L") ? text.substring(0, text.length() - 1) : text));
    }

    private static Object integer(byte[] littleEndian) {
        byte[] bigEndian = Arrays.copyOf(littleEndian, littleEndian.length);
        for (int i = 0; i < bigEndian.length; i++) {
            bigEndian[i] = littleEndian[littleEndian.length - 1 - i];
        }
        return bigEndian.length == 0 ? (Object) 0L : shrink(new BigInteger(bigEndian));
    }

    private static Object shrink(BigInteger value) {
        return value.bitLength() < 64 ? (Object) value.longValue() : value;
    }
}

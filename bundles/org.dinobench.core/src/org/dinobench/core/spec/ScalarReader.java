package org.dinobench.core.spec;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.dinobench.core.problem.BadInputException;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** One value of a key from its node: type, range and choices are checked here and nowhere else. */
final class ScalarReader {
    private static final int MAX_LIST = 10_000;

    private final SpecKey key;
    private final String where;

    ScalarReader(SpecKey key, String where) {
        this.key = key;
        this.where = where;
    }

    Object read(Node node) {
        Type type = key.type();
        if (key.kind() == SpecKey.Kind.OPEN) {
            return openSection(node);
        }
        Class<?> raw = rawType(type);
        if (isOptional(raw)) {
            if (node instanceof ScalarNode scalar && isUnset(scalar)) {
                return emptyOf(raw);
            }
            Type inner = raw == Optional.class ? ((ParameterizedType) type).getActualTypeArguments()[0] : raw;
            Object value = single(node, rawType(inner));
            return raw == Optional.class ? Optional.of(value) : value;
        }
        if (raw == List.class) {
            return list(node, rawType(((ParameterizedType) type).getActualTypeArguments()[0]));
        }
        if (raw == Range.class) {
            List<Object> ends = list(node, Double.class);
            if (ends.size() != 2 || (double) ends.get(0) > (double) ends.get(1)) {
                throw wrong("two numbers in ascending order, such as [0.1, 0.5]", describe(node));
            }
            return new Range((double) ends.get(0), (double) ends.get(1));
        }
        return single(node, raw);
    }

    static Class<?> rawType(Type type) {
        return (Class<?>) (type instanceof ParameterizedType p ? p.getRawType() : type);
    }

    static boolean isOptional(Class<?> raw) {
        return raw == Optional.class
                || raw == OptionalInt.class
                || raw == OptionalLong.class
                || raw == OptionalDouble.class;
    }

    static Object emptyOf(Class<?> raw) {
        if (raw == OptionalInt.class) {
            return OptionalInt.empty();
        }
        if (raw == OptionalLong.class) {
            return OptionalLong.empty();
        }
        return raw == OptionalDouble.class ? OptionalDouble.empty() : Optional.empty();
    }

    private boolean isUnset(ScalarNode scalar) {
        if (key.auto()) {
            return scalar.getScalarStyle() == ScalarStyle.PLAIN
                    && scalar.getValue().equals("auto");
        }
        return scalar.getTag().equals(Tag.NULL) || scalar.getValue().isEmpty();
    }

    private List<Object> list(Node node, Class<?> element) {
        if (!(node instanceof SequenceNode sequence)) {
            throw wrong("a list such as [1, 2]", describe(node));
        }
        if (sequence.getValue().size() > MAX_LIST) {
            throw new BadInputException(where, "the list of " + key.path() + " is too long", "shorten it");
        }
        List<Object> values = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            values.add(single(item, element));
        }
        return Collections.unmodifiableList(values);
    }

    private Object single(Node node, Class<?> type) {
        if (!(node instanceof ScalarNode scalar)) {
            throw wrong(expectation(type), describe(node));
        }
        String text = scalar.getValue();
        if (type == String.class) {
            return text(scalar);
        }
        if (type.isEnum()) {
            for (Object constant : type.getEnumConstants()) {
                if (word(constant).equals(text)) {
                    return constant;
                }
            }
            throw wrong(expectation(type), describe(node));
        }
        boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
        if (type == boolean.class || type == Boolean.class) {
            if (plain && (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"))) {
                return Boolean.valueOf(text.toLowerCase(Locale.ROOT));
            }
            throw wrong("true or false", describe(node));
        }
        return number(node, type, plain ? text : "");
    }

    private Object number(Node node, Class<?> type, String text) {
        boolean whole = type == int.class
                || type == Integer.class
                || type == long.class
                || type == Long.class
                || type == OptionalInt.class
                || type == OptionalLong.class;
        if (!text.matches(
                whole ? "[-+]?\\d{1,19}" : "[-+]?(\\d{1,40}\\.?\\d{0,40}|\\.\\d{1,40})([eE][-+]?\\d{1,3})?")) {
            throw wrong(expectation(type), describe(node));
        }
        double value = Double.parseDouble(text);
        if (value < key.min() || value > key.max() || Double.isInfinite(value)) {
            throw new BadInputException(where, key.path() + " is " + text, "it must be " + rangeText() + unitText());
        }
        if (!whole) {
            return type == OptionalDouble.class ? OptionalDouble.of(value) : (Object) value;
        }
        try {
            long exact = new BigDecimal(text).longValueExact();
            if (type == long.class || type == Long.class) {
                return exact;
            }
            if (type == OptionalLong.class) {
                return OptionalLong.of(exact);
            }
            int small = Math.toIntExact(exact);
            return type == OptionalInt.class ? OptionalInt.of(small) : (Object) small;
        } catch (ArithmeticException e) {
            throw new BadInputException(where, key.path() + " is " + text, "the number is too large", e);
        }
    }

    private String text(ScalarNode scalar) {
        String text = scalar.getTag().equals(Tag.NULL) ? "" : scalar.getValue();
        if (text.length() > 10_000) {
            throw new BadInputException(where, "the text of " + key.path() + " is too long", "shorten it");
        }
        if (!key.choices().isEmpty() && !key.choices().contains(text)) {
            throw wrong(expectation(String.class), describe(scalar));
        }
        return text;
    }

    private Map<String, Object> openSection(Node node) {
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL)) {
            return Map.of();
        }
        if (!(node instanceof MappingNode mapping)) {
            throw wrong("a section of keys and values", describe(node));
        }
        Map<String, Object> map = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String name = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            if (name.isEmpty() || map.containsKey(name)) {
                throw new BadInputException(
                        where, "a key in " + key.path() + " is empty or stands twice", "name each key once");
            }
            map.put(name, plain(tuple.getValueNode()));
        }
        return Collections.unmodifiableMap(map);
    }

    private Object plain(Node node) {
        if (node instanceof MappingNode) {
            return openSection(node);
        }
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue().stream().map(this::plain).toList();
        }
        ScalarNode scalar = (ScalarNode) node;
        String text = scalar.getValue();
        if (scalar.getScalarStyle() != ScalarStyle.PLAIN) {
            return text;
        }
        if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        if (text.matches("[-+]?\\d{1,18}")) {
            return Long.valueOf(text);
        }
        return text.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,3})?") ? (Object) Double.valueOf(text) : text;
    }

    static String word(Object enumConstant) {
        return ((Enum<?>) enumConstant).name().toLowerCase(Locale.ROOT);
    }

    private String expectation(Class<?> type) {
        String auto = key.auto() ? " or auto" : "";
        if (type == String.class) {
            return (key.choices().isEmpty() ? "a text" : "one of " + String.join(", ", key.choices())) + auto;
        }
        if (type.isEnum()) {
            return "one of " + String.join(", ", key.choices()) + auto;
        }
        boolean real = type == double.class || type == Double.class || type == OptionalDouble.class;
        return (real ? "a number" : "a whole number") + auto;
    }

    private String rangeText() {
        if (key.min() == Double.NEGATIVE_INFINITY && key.max() == Double.POSITIVE_INFINITY) {
            return "a finite number";
        }
        if (key.max() == Double.POSITIVE_INFINITY) {
            return "at least " + SpecText.number(key.min());
        }
        if (key.min() == Double.NEGATIVE_INFINITY) {
            return "at most " + SpecText.number(key.max());
        }
        return "between " + SpecText.number(key.min()) + " and " + SpecText.number(key.max());
    }

    private String unitText() {
        return key.unit().isEmpty() ? "" : " " + key.unit();
    }

    private BadInputException wrong(String expected, String found) {
        String nearest = "";
        if (!key.choices().isEmpty() && found.startsWith("\"")) {
            nearest = "; nearest is " + NearestKey.of(found, key.choices());
        }
        return new BadInputException(where, key.path() + " is " + found, "it must be " + expected + nearest);
    }

    private static String describe(Node node) {
        if (node instanceof ScalarNode scalar) {
            String value = scalar.getValue();
            return "\"" + (value.length() > 60 ? value.substring(0, 60) + "…" : value) + "\"";
        }
        return node instanceof SequenceNode ? "a list" : "a section";
    }
}

package org.dinobench.core.spec;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dinobench.core.problem.BadInputException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * The keys of a configuration record: names, types, defaults, ranges and help, reflected once from {@link Key}
 * annotations. Nested records are sections. Immutable and thread-safe.
 *
 * <p>Component types: {@code int}, {@code long}, {@code double}, {@code boolean}, {@code String}, enumerations,
 * {@link Range}, {@code List} of Integer, Double or String, {@code OptionalInt}, {@code OptionalLong},
 * {@code OptionalDouble}, {@code Optional} of String, Boolean or an enumeration, {@code Map<String, Object>} for an open
 * section, and records.
 *
 * @param <R> the record
 */
public final class SpecSchema<R extends Record> {
    private static final ClassValue<SpecSchema<?>> CACHE = new ClassValue<>() {
        @Override
        protected SpecSchema<?> computeValue(Class<?> type) {
            return new SpecSchema<>(type.asSubclass(Record.class));
        }
    };

    private final Class<R> type;
    private final List<SpecKey> keys;
    private final Map<String, SpecKey> byPath = new LinkedHashMap<>();
    private final R defaults;

    private SpecSchema(Class<R> type) {
        this.type = type;
        this.keys = keysOf(type, "");
        index(keys);
        this.defaults = type.cast(defaultsOf(type, keys));
    }

    /** The schema of a record class. @throws IllegalStateException when its annotations are faulty */
    @SuppressWarnings("unchecked") // the cache maps each class to its own schema
    public static <R extends Record> SpecSchema<R> of(Class<R> type) {
        return (SpecSchema<R>) CACHE.get(type);
    }

    /** The record class. */
    public Class<R> type() {
        return type;
    }

    /** The top-level keys in order of declaration. */
    public List<SpecKey> keys() {
        return keys;
    }

    /** All dotted paths, sections included, in order of declaration. */
    public List<String> paths() {
        return List.copyOf(byPath.keySet());
    }

    /** @param path dotted path, such as {@code student.arch} */
    public Optional<SpecKey> find(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    /** A configuration with every key at its default. */
    public R defaults() {
        return defaults;
    }

    /** The value at a path of {@code spec}: a component of the record, such as an Integer or an OptionalDouble. */
    public Object value(R spec, String path) {
        Object at = spec;
        Class<?> section = type;
        for (String name : path.split("\\.")) {
            RecordComponent component = component(section, name);
            at = read(component, at);
            section = component.getType();
        }
        return at;
    }

    /** The value at a path as one line of YAML text, which {@link SpecReader#set} accepts. */
    public String text(R spec, String path) {
        SpecKey key = byPath.get(path);
        return SpecText.value(value(spec, path), key != null && key.auto() ? "auto" : "null");
    }

    /** The value at a path as a person reads it in a field: as {@link #text}, but texts bare and unset values empty. */
    public String shown(R spec, String path) {
        Object value = value(spec, path);
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Optional<?> optional
                && optional.map(String.class::isInstance).orElse(false)) {
            return (String) optional.get();
        }
        String text = text(spec, path);
        return text.equals("null") ? "" : text;
    }

    /** Paths of the keys whose values differ, in order of declaration; sections are not listed themselves. */
    public List<String> differences(R a, R b) {
        return byPath.values().stream()
                .filter(key -> key.kind() != SpecKey.Kind.SECTION)
                .map(SpecKey::path)
                .filter(path -> !value(a, path).equals(value(b, path)))
                .toList();
    }

    private void index(List<SpecKey> level) {
        for (SpecKey key : level) {
            byPath.put(key.path(), key);
            index(key.children());
        }
    }

    private static List<SpecKey> keysOf(Class<?> record, String prefix) {
        List<SpecKey> keys = new ArrayList<>();
        for (RecordComponent component : record.getRecordComponents()) {
            Key key = component.getAnnotation(Key.class);
            if (key == null) {
                throw new IllegalStateException(record.getName() + "." + component.getName() + " has no @Key");
            }
            String name = SpecKey.yamlName(component);
            String path = prefix + name;
            Class<?> raw = component.getType();
            SpecKey.Kind kind = kindOf(component.getGenericType());
            if (key.auto() && !ScalarReader.isOptional(raw)) {
                throw new IllegalStateException(path + " allows auto but has no optional type");
            }
            keys.add(new SpecKey(
                    path,
                    name,
                    kind,
                    component.getGenericType(),
                    key.doc(),
                    key.def(),
                    key.min(),
                    key.max(),
                    key.unit(),
                    choices(key, component.getGenericType()),
                    key.auto(),
                    kind == SpecKey.Kind.SECTION ? keysOf(raw, path + ".") : List.of()));
        }
        return List.copyOf(keys);
    }

    private static List<String> choices(Key key, Type type) {
        Class<?> raw = ScalarReader.rawType(unwrapped(type));
        if (raw.isEnum()) {
            return Arrays.stream(raw.getEnumConstants()).map(ScalarReader::word).toList();
        }
        return List.of(key.choices());
    }

    private static Type unwrapped(Type type) {
        return ScalarReader.rawType(type) == Optional.class
                ? ((ParameterizedType) type).getActualTypeArguments()[0]
                : type;
    }

    private static SpecKey.Kind kindOf(Type declared) {
        Type type = unwrapped(declared);
        Class<?> raw = ScalarReader.rawType(type);
        if (raw == Range.class) {
            return SpecKey.Kind.RANGE;
        }
        if (raw.isRecord()) {
            return SpecKey.Kind.SECTION;
        }
        if (raw.isEnum()) {
            return SpecKey.Kind.CHOICE;
        }
        if (raw == List.class) {
            Type element = ((ParameterizedType) type).getActualTypeArguments()[0];
            return Map.<Type, SpecKey.Kind>of(
                            Integer.class, SpecKey.Kind.INTEGER_LIST,
                            Double.class, SpecKey.Kind.NUMBER_LIST,
                            String.class, SpecKey.Kind.TEXT_LIST)
                    .get(element);
        }
        return switch (raw.getSimpleName()) {
            case "int", "long", "OptionalInt", "OptionalLong" -> SpecKey.Kind.INTEGER;
            case "double", "OptionalDouble" -> SpecKey.Kind.NUMBER;
            case "boolean", "Boolean" -> SpecKey.Kind.BOOLEAN;
            case "String" -> SpecKey.Kind.TEXT;
            case "Map" -> SpecKey.Kind.OPEN;
            default -> throw new IllegalStateException("A configuration cannot hold " + declared);
        };
    }

    private static Object defaultsOf(Class<?> record, List<SpecKey> keys) {
        Object[] values = new Object[keys.size()];
        for (int i = 0; i < values.length; i++) {
            SpecKey key = keys.get(i);
            values[i] = switch (key.kind()) {
                case SECTION -> defaultsOf(ScalarReader.rawType(key.type()), key.children());
                case OPEN -> Map.of();
                default -> parseDefault(key);
            };
        }
        return create(record, values);
    }

    private static Object parseDefault(SpecKey key) {
        String text = key.defaultText();
        boolean auto = key.auto() && text.equals("auto");
        if (text.isEmpty() || (key.kind() == SpecKey.Kind.TEXT && !auto)) {
            text = SpecText.quoted(text);
        }
        Node node = YamlText.compose("default of " + key.path(), text).orElseThrow();
        return new ScalarReader(key, "default of " + key.path()).read(node);
    }

    /** The record component that a YAML key names. */
    static RecordComponent component(Class<?> record, String yamlName) {
        if (record.isRecord()) {
            for (RecordComponent component : record.getRecordComponents()) {
                if (SpecKey.yamlName(component).equals(yamlName)) {
                    return component;
                }
            }
        }
        throw new IllegalArgumentException("No key " + yamlName + " in " + record.getName());
    }

    static Object read(RecordComponent component, Object record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("Cannot read " + component, e);
        }
    }

    /** @throws BadInputException when the record's own constructor refuses the values */
    static Object create(Class<?> record, Object[] values) {
        Class<?>[] types = Arrays.stream(record.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = record.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw new BadInputException(record.getSimpleName(), refused.getMessage(), "", refused);
            }
            throw new IllegalStateException("Cannot create " + record.getName(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot create " + record.getName(), e);
        }
    }
}

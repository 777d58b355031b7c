package org.dinobench.core.spec;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dinobench.core.problem.BadInputException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Reads configurations from YAML and from {@code key=value} assignments. Every fault is a {@link BadInputException} that
 * names file and line, the key, and what would be right; an unknown key is answered with the nearest known one. Files
 * are limited to 1 MiB, 32 levels and no aliases. Immutable and thread-safe.
 *
 * @param <R> the configuration's record
 */
public final class SpecReader<R extends Record> {
    private final SpecSchema<R> schema;
    private final Map<String, ForeignKey> foreign;

    private SpecReader(SpecSchema<R> schema, Map<String, ForeignKey> foreign) {
        this.schema = schema;
        this.foreign = foreign;
    }

    /** A reader that knows the record's keys only. */
    public static <R extends Record> SpecReader<R> of(Class<R> type) {
        return new SpecReader<>(SpecSchema.of(type), Map.of());
    }

    /** A reader that also lets these keys pass, by dotted path; a path of a section covers all that is in it. */
    public SpecReader<R> ignoring(Map<String, ForeignKey> foreignKeys) {
        return new SpecReader<>(schema, Map.copyOf(foreignKeys));
    }

    /** Reads a file over the defaults. */
    public SpecResult<R> read(Path file) {
        return read(file, schema.defaults());
    }

    /** Reads a file over {@code base}: keys that it does not name keep the values of {@code base}. */
    public SpecResult<R> read(Path file, R base) {
        return readText(file.toString(), YamlText.readFile(file), base);
    }

    /**
     * Reads YAML text over {@code base}.
     *
     * @param label stands for the file in messages
     */
    public SpecResult<R> readText(String label, String yaml, R base) {
        Optional<Node> root = YamlText.compose(label, yaml);
        Findings findings = Findings.strict();
        if (root.isEmpty()) {
            return new SpecResult<>(base, findings.ignored());
        }
        Object bound = section(schema.type(), schema.keys(), "", root.get(), base, new Place(label, true), findings);
        return new SpecResult<>(schema.type().cast(bound), findings.ignored());
    }

    /**
     * Reads YAML text as {@link #readText} does and goes on after faults, for editors that show all of them at once.
     *
     * @param label stands for the file in messages
     * @return the values of the keys that are right over {@code base}, and what is wrong; where the text is no YAML at all,
     *     {@code base} and one fault
     */
    public SpecCheck<R> check(String label, String yaml, R base) {
        Findings findings = new Findings(new ArrayList<>(), new ArrayList<>());
        Object bound = base;
        try {
            Optional<Node> root = YamlText.compose(label, yaml);
            if (root.isPresent()) {
                bound = section(schema.type(), schema.keys(), "", root.get(), base, new Place(label, true), findings);
            }
        } catch (BadInputException e) {
            findings.faults().add(e);
        }
        return new SpecCheck<>(schema.type().cast(bound), findings.faults());
    }

    /**
     * Binds a plain tree, as an open section of another configuration holds it.
     *
     * @param label path of the section, for messages
     * @param tree maps, lists, texts, numbers and booleans
     */
    public R readTree(String label, Map<String, ?> tree, R base) {
        Node root = YamlText.compose(label, SpecText.value(tree, "null")).orElseThrow();
        Place place = new Place(label, false);
        return schema.type().cast(section(schema.type(), schema.keys(), "", root, base, place, Findings.strict()));
    }

    /**
     * Changes one key.
     *
     * @param assignment {@code a.b=value} with the value as YAML text; sections cannot be assigned
     */
    public R set(R base, String assignment) {
        int equals = assignment.indexOf('=');
        String where = "--set " + assignment;
        if (equals < 1) {
            throw new BadInputException(where, "there is no key=value", "write for example optim.epochs=10");
        }
        String path = assignment.substring(0, equals).strip();
        String text = assignment.substring(equals + 1).strip();
        SpecKey key = schema.find(path).orElseThrow(() -> unknown(where, path, ""));
        if (key.kind() == SpecKey.Kind.SECTION) {
            throw new BadInputException(
                    where,
                    path + " is a section",
                    "name a key in it, such as " + key.children().get(0).path());
        }
        Node node = YamlText.compose(where, text.isEmpty() ? "\"\"" : text)
                .orElseThrow(() -> new BadInputException(where, "there is no value", "write key=value"));
        Object value = new ScalarReader(key, where).read(node);
        return schema.type().cast(replace(schema.type(), base, path.split("\\."), 0, value, where));
    }

    /** {@link #set} for each assignment in order. */
    public R setAll(R base, List<String> assignments) {
        R spec = base;
        for (String assignment : assignments) {
            spec = set(spec, assignment);
        }
        return spec;
    }

    private static Object replace(Class<?> type, Object base, String[] path, int at, Object value, String where) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = SpecSchema.read(components[i], base);
            if (SpecKey.yamlName(components[i]).equals(path[at])) {
                values[i] = at == path.length - 1
                        ? value
                        : replace(components[i].getType(), values[i], path, at + 1, value, where);
            }
        }
        return create(type, values, where);
    }

    private Object section(
            Class<?> type, List<SpecKey> keys, String prefix, Node node, Object base, Place place, Findings findings) {
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL)) {
            return base;
        }
        if (!(node instanceof MappingNode mapping)) {
            String what = prefix.isEmpty() ? "the file" : prefix.substring(0, prefix.length() - 1);
            findings.fault(new BadInputException(
                    place.at(node), what + " must be a section of keys and values", "write \"key: value\" lines"));
            return base;
        }
        Map<String, Integer> positions = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            positions.put(keys.get(i).name(), i);
        }
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = SpecSchema.read(components[i], base);
        }
        Set<String> seen = new HashSet<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String where = place.at(tuple.getKeyNode());
            String name = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            try {
                if (!seen.add(name)) {
                    throw new BadInputException(where, "the key " + prefix + name + " stands here again", "remove one");
                }
                Integer position = positions.get(name);
                if (position == null) {
                    findings.ignored().add(passed(where, prefix + name, prefix, tuple.getValueNode()));
                    continue;
                }
                SpecKey key = keys.get(position);
                values[position] = key.kind() == SpecKey.Kind.SECTION
                        ? section(
                                components[position].getType(),
                                key.children(),
                                key.path() + ".",
                                tuple.getValueNode(),
                                values[position],
                                place,
                                findings)
                        : new ScalarReader(key, place.at(tuple.getValueNode())).read(tuple.getValueNode());
            } catch (BadInputException e) {
                findings.fault(e);
            }
        }
        return create(type, values, place.at(node));
    }

    private IgnoredKey passed(String where, String path, String prefix, Node value) {
        ForeignKey key = foreign.get(path);
        if (key == null) {
            throw unknown(where, path, prefix);
        }
        if (!key.onlyValue().isEmpty()
                && !(value instanceof ScalarNode scalar && scalar.getValue().equalsIgnoreCase(key.onlyValue()))) {
            throw new BadInputException(
                    where, path + " can only be " + key.onlyValue() + " (" + key.reason() + ")", "remove the key");
        }
        return new IgnoredKey(path, where, key.reason());
    }

    /** Siblings are looked at first, then the same name in other sections, then everything. */
    private BadInputException unknown(String where, String path, String prefix) {
        String name = path.substring(path.lastIndexOf('.') + 1);
        String section = prefix.isEmpty() ? path.substring(0, path.length() - name.length()) : prefix;
        List<String> siblings = schema.paths().stream()
                .filter(p -> p.startsWith(section) && p.indexOf('.', section.length()) < 0)
                .toList();
        String nearest = NearestKey.of(path, siblings);
        boolean close = !nearest.isEmpty() && NearestKey.distance(path, nearest) <= Math.max(2, name.length() / 3);
        if (!close) {
            String shortest = nearest;
            nearest = schema.paths().stream()
                    .filter(p -> p.substring(p.lastIndexOf('.') + 1).equals(name))
                    .findFirst()
                    .orElseGet(() -> shortest.isEmpty() ? NearestKey.of(path, schema.paths()) : shortest);
        }
        return new BadInputException(where, "there is no key " + path, "the nearest known key is " + nearest);
    }

    private static Object create(Class<?> type, Object[] values, String where) {
        try {
            return SpecSchema.create(type, values);
        } catch (BadInputException e) {
            throw new BadInputException(where, e.problem(), e.remedy(), e);
        }
    }

    /**
     * What is found beside values.
     *
     * @param ignored keys that belong to somebody else
     * @param faults what is wrong, where reading goes on after it; null where the first fault ends it
     */
    private record Findings(List<IgnoredKey> ignored, List<BadInputException> faults) {
        static Findings strict() {
            return new Findings(new ArrayList<>(), null);
        }

        void fault(BadInputException e) {
            if (faults == null) {
                throw e;
            }
            faults.add(e);
        }
    }

    /** Where nodes are: a file with lines, or a label alone. */
    private record Place(String label, boolean lines) {
        String at(Node node) {
            return lines ? YamlText.at(label, node.getStartMark()) : label;
        }
    }
}

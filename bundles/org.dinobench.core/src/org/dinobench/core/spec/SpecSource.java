package org.dinobench.core.spec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * The YAML text of a configuration with the places of its keys: an editor finds lines by it, and changes single values so
 * that comments, order and everything else stay as they were written. Immutable.
 */
public final class SpecSource {
    private final String text;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final MappingNode root;

    /**
     * Where a key stands. Offsets count Java characters from 0.
     *
     * @param line of the key, from 1
     * @param keyStart first character of the key
     * @param valueStart first character of the value, or the place after the colon where there is none
     * @param valueEnd the place after the value, without comments and line ends that follow
     */
    public record Place(int line, int keyStart, int valueStart, int valueEnd) {}

    /**
     * A replacement in the text.
     *
     * @param offset where it begins
     * @param length characters that go away
     * @param insertion what comes in their place
     */
    public record Change(int offset, int length, String insertion) {
        /** The changed text. */
        public String applyTo(String text) {
            return text.substring(0, offset) + insertion + text.substring(offset + length);
        }
    }

    private SpecSource(String text, Optional<Node> root) {
        this.text = text;
        this.root = root.filter(MappingNode.class::isInstance)
                .map(MappingNode.class::cast)
                .orElse(null);
        if (this.root != null) {
            index(this.root, "");
        }
    }

    /**
     * Reads a text.
     *
     * @param label stands for the file in messages
     * @throws org.dinobench.core.problem.BadInputException with the line, when it is no YAML
     */
    public static SpecSource parse(String label, String yaml) {
        return new SpecSource(yaml, YamlText.compose(label, yaml));
    }

    /** Paths of all keys that stand in the text, sections included, in its order. */
    public List<String> paths() {
        return List.copyOf(places.keySet());
    }

    /** Where a key stands; empty when the text does not name it. */
    public Optional<Place> find(String path) {
        return Optional.ofNullable(places.get(path));
    }

    /** Line of a key, or of the innermost section around it that stands in the text, from 1; 1 when there is none. */
    public int lineOf(String path) {
        for (String at = path; !at.isEmpty(); at = parent(at)) {
            Place place = places.get(at);
            if (place != null) {
                return place.line();
            }
        }
        return 1;
    }

    /**
     * The change that gives a key a value. A key that is not there is added behind its section's last one, and a missing
     * section at the end.
     *
     * @param path dotted path of a key that is no section
     * @param value as it stands in YAML, in one line
     */
    public Change set(String path, String value) {
        Node present = node(path);
        if (present != null) {
            return replaced(path, present, value);
        }
        return added(parent(path), name(path), value);
    }

    private Change replaced(String path, Node present, String value) {
        Place place = places.get(path);
        boolean block = present instanceof CollectionNode<?> c && c.getFlowStyle() == FlowStyle.BLOCK;
        int start = block ? text.indexOf(':', place.keyStart()) + 1 : place.valueStart();
        boolean afterColon = start > 0 && text.charAt(start - 1) == ':';
        return new Change(start, place.valueEnd() - start, (afterColon ? " " : "") + value);
    }

    private Change added(String section, String name, String value) {
        if (section.isEmpty()) {
            return root == null || root.getValue().isEmpty() && root.getFlowStyle() != FlowStyle.FLOW
                    ? atEnd(name, value)
                    : behind(root, name, value);
        }
        Node node = node(section);
        if (node instanceof MappingNode mapping) {
            return behind(mapping, name, value);
        }
        if (node == null) {
            return added(parent(section), name(section), "{" + name + ": " + value + "}");
        }
        // a section without content: nothing, or null
        Place place = places.get(section);
        Change whole = replaced(section, node, "{" + name + ": " + value + "}");
        return whole.offset() >= place.valueStart() ? whole : new Change(place.valueStart(), 0, whole.insertion());
    }

    private Change behind(MappingNode mapping, String name, String value) {
        List<NodeTuple> tuples = mapping.getValue();
        if (mapping.getFlowStyle() == FlowStyle.FLOW) {
            if (tuples.isEmpty()) {
                return new Change(start(mapping) + 1, 0, name + ": " + value);
            }
            return new Change(end(tuples.get(tuples.size() - 1).getValueNode()), 0, ", " + name + ": " + value);
        }
        int first = start(tuples.get(0).getKeyNode());
        int lineStart = text.lastIndexOf('\n', first - 1) + 1;
        int last = end(tuples.get(tuples.size() - 1).getValueNode());
        int lineEnd = text.indexOf('\n', last);
        int at = lineEnd < 0 ? text.length() : lineEnd;
        return new Change(
                at, 0, "\n" + text.substring(lineStart, first) + name + ": " + value + (lineEnd < 0 ? "\n" : ""));
    }

    private Change atEnd(String name, String value) {
        String before = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
        return new Change(text.length(), 0, before + name + ": " + value + "\n");
    }

    private void index(MappingNode mapping, String prefix) {
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode key) {
                Node value = tuple.getValueNode();
                String path = prefix + key.getValue();
                int line = key.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
                places.putIfAbsent(path, new Place(line, start(key), start(value), end(value)));
                if (value instanceof MappingNode section) {
                    index(section, path + ".");
                }
            }
        }
    }

    private Node node(String path) {
        Node at = root;
        for (String name : path.split("\\.")) {
            if (!(at instanceof MappingNode mapping)) {
                return null;
            }
            at = mapping.getValue().stream()
                    .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode key
                            && key.getValue().equals(name))
                    .map(NodeTuple::getValueNode)
                    .findFirst()
                    .orElse(null);
        }
        return at;
    }

    /** Marks count code points, Java strings count characters. */
    private int start(Node node) {
        return node.getStartMark()
                .map(mark -> text.offsetByCodePoints(0, mark.getIndex()))
                .orElse(0);
    }

    private int end(Node node) {
        if (node instanceof CollectionNode<?> collection && collection.getFlowStyle() == FlowStyle.BLOCK) {
            return collection.getValue().isEmpty() ? start(node) : end(last(collection));
        }
        int end = node.getEndMark()
                .map(mark -> text.offsetByCodePoints(0, mark.getIndex()))
                .orElse(text.length());
        int start = start(node);
        if (node instanceof ScalarNode scalar
                && scalar.getTag().equals(Tag.NULL)
                && scalar.getValue().isEmpty()) {
            return start;
        }
        // a text in several lines ends behind its last line's end
        while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    private static Node last(CollectionNode<?> collection) {
        if (collection instanceof MappingNode mapping) {
            return mapping.getValue().get(mapping.getValue().size() - 1).getValueNode();
        }
        List<Node> items = ((SequenceNode) collection).getValue();
        return items.get(items.size() - 1);
    }

    private static String parent(String path) {
        int dot = path.lastIndexOf('.');
        return dot < 0 ? "" : path.substring(0, dot);
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}

package org.dinobench.core.spec;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;

/**
 * One key of a configuration, as dialogs, completion and help need it.
 *
 * @param path dotted path from the root, such as {@code optim.base_lr}
 * @param name last segment of the path
 * @param kind the kind of its value
 * @param type the Java type of the record component
 * @param doc plain words
 * @param defaultText the default as YAML text; empty for sections
 * @param min smallest allowed number, or negative infinity
 * @param max largest allowed number, or infinity
 * @param unit unit of a number or empty
 * @param choices allowed texts or empty
 * @param auto whether {@code auto} is allowed
 * @param children keys of a section in order of declaration, otherwise empty
 */
public record SpecKey(
        String path,
        String name,
        Kind kind,
        Type type,
        String doc,
        String defaultText,
        double min,
        double max,
        String unit,
        List<String> choices,
        boolean auto,
        List<SpecKey> children) {

    /** Kinds of values. */
    public enum Kind {
        /** A nested record. */
        SECTION,
        /** A section whose keys others define; read as a plain map. */
        OPEN,
        /** A whole number. */
        INTEGER,
        /** A number. */
        NUMBER,
        /** {@code true} or {@code false}. */
        BOOLEAN,
        /** A text, free or one of {@link SpecKey#choices()}. */
        TEXT,
        /** One word of an enumeration, in lower case. */
        CHOICE,
        /** Two numbers in ascending order. */
        RANGE,
        /** A list of whole numbers. */
        INTEGER_LIST,
        /** A list of numbers. */
        NUMBER_LIST,
        /** A list of texts. */
        TEXT_LIST
    }

    /**
     * What a person has typed into a field of this key, as YAML: texts get the quotes that they need.
     *
     * @param typed without the quotes of YAML
     */
    public String yaml(String typed) {
        return kind == Kind.TEXT ? SpecText.quoted(typed.strip()) : typed.strip();
    }

    /** The key in YAML of a record component: {@link Key#name()}, or the component's name in snake case. */
    static String yamlName(RecordComponent component) {
        Key key = component.getAnnotation(Key.class);
        if (key != null && !key.name().isEmpty()) {
            return key.name();
        }
        StringBuilder name = new StringBuilder();
        for (char c : component.getName().toCharArray()) {
            if (Character.isUpperCase(c)) {
                name.append('_').append(Character.toLowerCase(c));
            } else {
                name.append(c);
            }
        }
        return name.toString();
    }
}

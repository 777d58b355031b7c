package org.dinobench.ui.trainer.editor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dinobench.core.spec.SpecKey;
import org.dinobench.core.spec.SpecSchema;
import org.dinobench.core.spec.train.TrainPresets;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.core.spec.train.TrainSpecs;

/** What may stand at a place of a spec's text: keys of the section that are not there yet, or values of a key. */
public final class SpecAssist {
    private static final Pattern VALUE = Pattern.compile(".*?([A-Za-z_]\\w*):\\s+([^\\s{},]*)"); // $NON-NLS-1$
    private static final Pattern KEY = Pattern.compile("(\\s*)([A-Za-z_]\\w*):.*"); // $NON-NLS-1$
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z_]*\\w*$"); // $NON-NLS-1$

    private SpecAssist() {}

    /**
     * A proposal.
     *
     * @param offset where it goes
     * @param length of what it replaces
     * @param insertion the text
     * @param label what the list shows
     * @param help what it means
     */
    public record Proposal(int offset, int length, String insertion, String label, String help) {}

    /**
     * Proposals at a place.
     *
     * @param text the whole text
     * @param offset of the caret
     * @return those that begin with what stands before the caret
     */
    public static List<Proposal> at(String text, int offset) {
        int start = text.lastIndexOf('\n', offset - 1) + 1;
        String line = text.substring(start, offset);
        if (line.strip().startsWith("#")) { // $NON-NLS-1$
            return List.of();
        }
        String outer = section(text, start, indent(line));
        // within braces on one line the section is named on that line
        int brace = line.lastIndexOf('{');
        if (brace >= 0 && line.indexOf('}', brace) < 0) {
            Matcher head = KEY.matcher(line.substring(0, brace));
            String section = head.matches() ? join(outer, head.group(2)) : outer;
            String inside = line.substring(Math.max(brace, line.lastIndexOf(',')) + 1);
            return inside(text, offset, section, inside, true);
        }
        return inside(text, offset, outer, line, false);
    }

    private static List<Proposal> inside(String text, int offset, String section, String before, boolean flow) {
        Matcher value = VALUE.matcher(before);
        if (value.matches()) {
            return values(join(section, value.group(1)), value.group(2), offset);
        }
        Matcher prefix = PREFIX.matcher(before);
        String typed = prefix.find() ? prefix.group() : ""; // $NON-NLS-1$
        if (!before.substring(0, before.length() - typed.length()).isBlank()) {
            return List.of();
        }
        return keys(text, section, typed, offset, before, flow);
    }

    private static List<Proposal> values(String path, String typed, int offset) {
        Optional<SpecKey> key = TrainSpecs.schema().find(path);
        if (key.isEmpty() || key.get().kind() == SpecKey.Kind.SECTION) {
            return List.of();
        }
        List<String> values = new ArrayList<>(key.get().choices());
        if (path.equals("preset")) { // $NON-NLS-1$
            values.addAll(TrainPresets.names());
        }
        if (key.get().kind() == SpecKey.Kind.BOOLEAN) {
            values.addAll(List.of("true", "false")); // $NON-NLS-1$ //$NON-NLS-2$
        }
        if (key.get().auto()) {
            values.add("auto"); // $NON-NLS-1$
        }
        if (values.isEmpty() && !key.get().defaultText().isEmpty()) {
            values.add(key.get().defaultText());
        }
        return values.stream()
                .distinct()
                .filter(v -> v.startsWith(typed))
                .map(v -> new Proposal(offset - typed.length(), typed.length(), v, v, help(key.get())))
                .toList();
    }

    private static List<Proposal> keys(
            String text, String section, String typed, int offset, String before, boolean flow) {
        SpecSchema<TrainSpec> schema = TrainSpecs.schema();
        List<SpecKey> children = section.isEmpty()
                ? schema.keys()
                : schema.find(section).map(SpecKey::children).orElse(List.of());
        List<String> there = SpecReading.of(text).source().map(s -> s.paths()).orElse(List.of());
        List<Proposal> proposals = new ArrayList<>();
        for (SpecKey key : children) {
            if (key.name().startsWith(typed) && !there.contains(key.path())) {
                boolean opens = key.kind() == SpecKey.Kind.SECTION && !flow;
                String insertion = key.name() + (opens ? ":\n" + " ".repeat(indent(before) + 2) : ": "); // $NON-NLS-1$
                proposals.add(new Proposal(offset - typed.length(), typed.length(), insertion, key.name(), help(key)));
            }
        }
        return proposals;
    }

    private static String help(SpecKey key) {
        StringBuilder help = new StringBuilder(key.doc());
        if (!key.unit().isEmpty()) {
            help.append("\nIn ").append(key.unit()).append('.'); // $NON-NLS-1$
        }
        if (!key.choices().isEmpty()) {
            help.append("\nOne of ").append(String.join(", ", key.choices())).append('.'); // $NON-NLS-1$ //$NON-NLS-2$
        }
        if (!key.defaultText().isEmpty()) {
            help.append("\nDefault: ").append(key.defaultText()); // $NON-NLS-1$
        }
        return help.toString();
    }

    /** The section around a line, from the lines above it that stand further left. */
    private static String section(String text, int lineStart, int indent) {
        String path = ""; // $NON-NLS-1$
        int level = indent;
        int end = lineStart - 1;
        while (end > 0 && level > 0) {
            int start = text.lastIndexOf('\n', end - 1) + 1;
            String line = text.substring(start, end);
            Matcher key = KEY.matcher(line);
            if (key.matches() && key.group(1).length() < level) {
                path = path.isEmpty() ? key.group(2) : key.group(2) + "." + path; // $NON-NLS-1$
                level = key.group(1).length();
            }
            end = start - 1;
        }
        return path;
    }

    private static int indent(String line) {
        int spaces = 0;
        while (spaces < line.length() && line.charAt(spaces) == ' ') {
            spaces++;
        }
        return spaces;
    }

    private static String join(String section, String name) {
        return section.isEmpty() ? name : section + "." + name; // $NON-NLS-1$
    }
}

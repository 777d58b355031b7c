package org.dinobench.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The workbench speaks English and German: whatever one language says, the other says, with the same gaps to fill. */
class LanguagesTest {
    private static final Pattern GAP = Pattern.compile("\\{\\d+}");
    private static final Pattern FIELD = Pattern.compile("public static String (\\w+);");

    private record Words(Path english, Path german) {}

    private static List<Words> all() throws IOException {
        Path bundles = Path.of(System.getProperty("dinobench.root"), "bundles");
        List<Words> all = new ArrayList<>();
        try (Stream<Path> folders = Files.list(bundles)) {
            for (Path host : folders.sorted().toList()) {
                Path fragment = bundles.resolve(host.getFileName() + ".nl_de");
                if (Files.isRegularFile(host.resolve("plugin.properties"))) {
                    all.add(new Words(host.resolve("plugin.properties"), fragment.resolve("plugin_de.properties")));
                }
                Path sources = host.resolve("src");
                if (!Files.isDirectory(sources)) {
                    continue;
                }
                try (Stream<Path> files = Files.walk(sources)) {
                    files.filter(f -> f.endsWith("messages.properties")).forEach(english -> {
                        Path inside = sources.relativize(english).resolveSibling("messages_de.properties");
                        all.add(new Words(english, fragment.resolve(inside)));
                    });
                }
            }
        }
        assertTrue(all.size() >= 12, all.toString());
        return all;
    }

    private static Properties read(Path file) throws IOException {
        Properties words = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            words.load(in);
        }
        return words;
    }

    private static Set<String> gaps(String text) {
        Set<String> gaps = new TreeSet<>();
        Matcher matcher = GAP.matcher(text);
        while (matcher.find()) {
            gaps.add(matcher.group());
        }
        return gaps;
    }

    @Test
    void germanSaysEverythingThatEnglishSays() throws IOException {
        List<String> faults = new ArrayList<>();
        for (Words words : all()) {
            if (!Files.isRegularFile(words.german())) {
                faults.add("there is no " + words.german());
                continue;
            }
            Properties english = read(words.english());
            Properties german = read(words.german());
            Set<String> missing = new TreeSet<>(english.stringPropertyNames());
            missing.removeAll(german.stringPropertyNames());
            Set<String> foreign = new TreeSet<>(german.stringPropertyNames());
            foreign.removeAll(english.stringPropertyNames());
            if (!missing.isEmpty() || !foreign.isEmpty()) {
                faults.add(words.german() + ": missing " + missing + ", without English " + foreign);
            }
            for (String key : english.stringPropertyNames()) {
                String translated = german.getProperty(key);
                if (translated != null && !gaps(english.getProperty(key)).equals(gaps(translated))) {
                    faults.add(words.german() + ": " + key + " has other gaps");
                }
                if (translated != null
                        && translated.isBlank()
                        && !english.getProperty(key).isBlank()) {
                    faults.add(words.german() + ": " + key + " is empty");
                }
            }
        }
        assertEquals(List.of(), faults);
    }

    /** Files are read as Latin-1, so that anything beyond ASCII must be written as an escape. */
    @Test
    void filesAreAsciiAndSayEachKeyOnce() throws IOException {
        List<String> faults = new ArrayList<>();
        for (Words words : all()) {
            for (Path file : List.of(words.english(), words.german())) {
                if (!Files.isRegularFile(file)) {
                    continue;
                }
                String text = Files.readString(file);
                if (!text.chars().allMatch(c -> c < 127)) {
                    faults.add(file + " is not ASCII");
                }
                Set<String> seen = new TreeSet<>();
                for (String line : text.lines().toList()) {
                    int end = line.indexOf('=');
                    if (end > 0
                            && !line.startsWith("#")
                            && !seen.add(line.substring(0, end).strip())) {
                        faults.add(file + " says twice " + line.substring(0, end));
                    }
                }
            }
        }
        assertEquals(List.of(), faults);
    }

    @Test
    void codeAndFilesNameTheSameMessages() throws IOException {
        List<String> faults = new ArrayList<>();
        for (Words words : all()) {
            Path code = words.english().resolveSibling("Messages.java");
            if (!Files.isRegularFile(code)) {
                continue;
            }
            Set<String> fields = new TreeSet<>();
            Matcher matcher = FIELD.matcher(Files.readString(code));
            while (matcher.find()) {
                fields.add(matcher.group(1));
            }
            Set<String> keys = new TreeSet<>(read(words.english()).stringPropertyNames());
            Set<String> unsaid = new TreeSet<>(fields);
            unsaid.removeAll(keys);
            keys.removeAll(fields);
            if (!unsaid.isEmpty() || !keys.isEmpty()) {
                faults.add(code + ": without words " + unsaid + ", words without use " + keys);
            }
        }
        assertEquals(List.of(), faults);
    }
}

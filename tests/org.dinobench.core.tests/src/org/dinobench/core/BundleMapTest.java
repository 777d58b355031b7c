package org.dinobench.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds every manifest against the bundle map of the architecture. */
class BundleMapTest {
    private static final String PREFIX = "org.dinobench.";

    /** Which bundles of ours a bundle may use. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("core", Set.of()),
            Map.entry("imaging", Set.of("core")),
            Map.entry("torch", Set.of("core")),
            Map.entry("model", Set.of("core", "torch")),
            Map.entry("losses", Set.of("core", "torch")),
            Map.entry("trainer", Set.of("core", "imaging", "torch", "model", "losses")),
            Map.entry("cluster", Set.of("core")),
            Map.entry("faiss", Set.of("core")),
            Map.entry("curator", Set.of("core", "imaging", "torch", "model", "faiss")),
            Map.entry("evaluation", Set.of("core", "imaging", "torch", "model", "faiss")),
            Map.entry("ui.common", Set.of("core", "imaging")),
            Map.entry("ui.curator", Set.of("core", "imaging", "curator", "ui.common")),
            Map.entry("ui.trainer", Set.of("core", "imaging", "trainer", "cluster", "ui.common")),
            Map.entry("ui.losses", Set.of("core", "losses", "trainer", "ui.common")),
            Map.entry("ui.help", Set.of("ui.common")),
            Map.entry("ui.evaluation", Set.of("core", "imaging", "model", "evaluation", "ui.common")),
            Map.entry(
                    "app",
                    Set.of(
                            "core",
                            "imaging",
                            "torch",
                            "model",
                            "losses",
                            "trainer",
                            "cluster",
                            "faiss",
                            "curator",
                            "evaluation",
                            "ui.common",
                            "ui.curator",
                            "ui.trainer",
                            "ui.losses",
                            "ui.evaluation",
                            "ui.help")));

    /** Third-party packages that only some bundles may import, by prefix. */
    private static final Map<String, Set<String>> RESERVED = Map.of(
            "org.opencv", Set.of("imaging"),
            "ai.djl", Set.of("torch"),
            "org.bytedeco", Set.of("torch"),
            "org.duckdb", Set.of("core"),
            "org.snakeyaml", Set.of("core"),
            "org.apache.sshd", Set.of("cluster"),
            "picocli", Set.of("app"));

    private record Bundle(String name, Path folder, Attributes headers) {
        List<String> names(String header) {
            String value = headers.getValue(header);
            return value == null
                    ? List.of()
                    : Arrays.stream(value.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)"))
                            .map(part -> part.split(";")[0].strip())
                            .toList();
        }

        boolean isUi() {
            return name.startsWith("ui.") || name.equals("app");
        }
    }

    private static Path root() {
        String root = System.getProperty("dinobench.root");
        assertTrue(root != null && Files.isDirectory(Path.of(root, "bundles")), "dinobench.root is " + root);
        return Path.of(root);
    }

    private static List<Bundle> bundles() throws Exception {
        List<Path> folders;
        try (Stream<Path> all = Files.list(root().resolve("bundles"))) {
            folders = all.filter(f -> Files.exists(f.resolve("META-INF/MANIFEST.MF")))
                    .sorted()
                    .toList();
        }
        List<Bundle> bundles = new ArrayList<>();
        for (Path folder : folders) {
            try (InputStream in = Files.newInputStream(folder.resolve("META-INF/MANIFEST.MF"))) {
                Attributes headers = new Manifest(in).getMainAttributes();
                String symbolicName =
                        headers.getValue("Bundle-SymbolicName").split(";")[0].strip();
                assertTrue(symbolicName.startsWith(PREFIX), symbolicName);
                if (headers.getValue("Fragment-Host") == null) {
                    bundles.add(new Bundle(symbolicName.substring(PREFIX.length()), folder, headers));
                }
            }
        }
        return bundles;
    }

    @Test
    void everyBundleIsOnTheMapAndUsesOnlyWhatItMay() throws Exception {
        List<String> faults = new ArrayList<>();
        for (Bundle bundle : bundles()) {
            Set<String> allowed = MAY_USE.get(bundle.name());
            if (allowed == null) {
                faults.add(bundle.name() + " is not on the map");
                continue;
            }
            for (String required : bundle.names("Require-Bundle")) {
                if (required.startsWith(PREFIX) && !allowed.contains(required.substring(PREFIX.length()))) {
                    faults.add(bundle.name() + " requires " + required);
                }
            }
            for (String imported : bundle.names("Import-Package")) {
                if (imported.startsWith(PREFIX)
                        && allowed.stream().noneMatch(a -> (imported + ".").startsWith(PREFIX + a + "."))) {
                    faults.add(bundle.name() + " imports " + imported);
                }
            }
        }
        assertEquals(List.of(), faults);
    }

    @Test
    void onlyTheFacesSeeTheWorkbench() throws Exception {
        List<String> faults = new ArrayList<>();
        for (Bundle bundle : bundles()) {
            if (bundle.isUi()) {
                continue;
            }
            List<String> used = new ArrayList<>(bundle.names("Require-Bundle"));
            used.addAll(bundle.names("Import-Package"));
            used.stream()
                    .filter(u -> u.startsWith("org.eclipse.") || u.startsWith("org.jfree.chart.swt"))
                    .forEach(u -> faults.add(bundle.name() + " uses " + u));
        }
        assertEquals(List.of(), faults);
    }

    @Test
    void thirdPartyLibrariesStayBehindTheirDoors() throws Exception {
        List<String> faults = new ArrayList<>();
        for (Bundle bundle : bundles()) {
            for (String imported : bundle.names("Import-Package")) {
                RESERVED.forEach((prefix, allowed) -> {
                    if ((imported + ".").startsWith(prefix + ".") && !allowed.contains(bundle.name())) {
                        faults.add(bundle.name() + " imports " + imported);
                    }
                });
            }
        }
        assertEquals(List.of(), faults);
    }

    @Test
    void internalsAreNotExportedAndExportsExist() throws Exception {
        List<String> faults = new ArrayList<>();
        for (Bundle bundle : bundles()) {
            for (String exported : bundle.names("Export-Package")) {
                if (("." + exported + ".").contains(".internal.")) {
                    faults.add(bundle.name() + " exports " + exported);
                }
                boolean ours = exported.startsWith(PREFIX);
                if (ours && !Files.isDirectory(bundle.folder().resolve("src").resolve(exported.replace('.', '/')))) {
                    faults.add(bundle.name() + " exports " + exported + ", which is not there");
                }
            }
        }
        assertEquals(List.of(), faults);
    }

    /** Sources are looked at too: a re-exported bundle would let a forbidden import compile. */
    @Test
    void sourcesKeepOutOfEachOthersInternals() throws Exception {
        List<String> faults = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Bundle bundle : bundles()) {
            List<Path> sources;
            try (Stream<Path> all = Files.walk(bundle.folder().resolve("src"))) {
                sources = all.filter(f -> f.toString().endsWith(".java")).toList();
            }
            for (Path source : sources) {
                for (String line : Files.readAllLines(source)) {
                    if (!line.startsWith("import ")) {
                        continue;
                    }
                    String name = line.replaceFirst("^import (static )?", "").replace(";", "");
                    seen.add(bundle.name());
                    boolean own = name.startsWith(PREFIX + bundle.name() + ".");
                    if (name.startsWith(PREFIX) && name.contains(".internal.") && !own) {
                        faults.add(source.getFileName() + " imports " + name);
                    }
                    if (!bundle.isUi()
                            && (name.startsWith("org.eclipse.swt")
                                    || name.startsWith("org.eclipse.jface")
                                    || name.startsWith("org.eclipse.ui"))) {
                        faults.add(source.getFileName() + " imports " + name);
                    }
                }
            }
        }
        assertFalse(seen.isEmpty());
        assertEquals(List.of(), faults);
    }
}

package org.dinobench.evaluation.export;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dinobench.core.problem.BadInputException;

/** The exporters there are, by the names of their formats. */
public final class Exporters {
    private final Map<String, Exporter> byFormat = new LinkedHashMap<>();

    /** @param exporters in any order; of two with one name the first is taken */
    public Exporters(Collection<? extends Exporter> exporters) {
        exporters.stream()
                .sorted(Comparator.comparing(Exporter::format))
                .forEach(exporter -> byFormat.putIfAbsent(exporter.format(), exporter));
    }

    /** Those of this bundle, for programs without OSGi services. */
    public static Exporters standard() {
        return new Exporters(List.of(
                new HfExporter(),
                new PthExporter(),
                new SafetensorsExporter(),
                new TorchScriptExporter(),
                new OnnxExporter()));
    }

    /** All of them by name. */
    public List<Exporter> all() {
        return List.copyOf(byFormat.values());
    }

    /**
     * One of them.
     *
     * @throws BadInputException when there is no such format
     */
    public Exporter of(String format) {
        Exporter exporter = byFormat.get(format);
        if (exporter == null) {
            throw new BadInputException(
                    "format " + format,
                    "there is no such format",
                    "use one of: " + String.join(", ", byFormat.keySet()));
        }
        return exporter;
    }
}

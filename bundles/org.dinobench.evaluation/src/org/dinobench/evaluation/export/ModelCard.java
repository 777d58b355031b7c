package org.dinobench.evaluation.export;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.dinobench.model.VitConfig;

/**
 * What is told about an exported model, written beside it as Markdown with a YAML head.
 *
 * @param name the model's name
 * @param licence SPDX name of the licence under which the weights are given on, such as {@code apache-2.0}; empty when
 *     not decided, which the card then says
 * @param description a paragraph; may be empty
 * @param data names and values about the training data: number of images, manifest hash, licences
 * @param metrics names and values of evaluations
 * @param provenance names and values: run, step, spec hash, versions, machine
 * @param spec the training specification as YAML; may be empty
 */
public record ModelCard(
        String name,
        String licence,
        String description,
        Map<String, String> data,
        Map<String, String> metrics,
        Map<String, String> provenance,
        String spec) {
    /** Keeps the maps' order. */
    public ModelCard {
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
    }

    /** A card with a name and nothing else. */
    public static ModelCard named(String name) {
        return new ModelCard(name, "", "", Map.of(), Map.of(), Map.of(), "");
    }

    /**
     * The card as Markdown.
     *
     * @param library the software it is written for, such as {@code transformers}
     * @param usage a code block that shows how to load it; may be empty
     */
    public String markdown(VitConfig config, String library, String usage) {
        StringBuilder out = new StringBuilder("---\n");
        out.append("license: ")
                .append(quoted(licence.isEmpty() ? "unknown" : licence))
                .append('\n');
        out.append("library_name: ").append(quoted(library)).append('\n');
        out.append("pipeline_tag: image-feature-extraction\ntags:\n- dinov2\n- vision-transformer\n---\n\n# ");
        out.append(line(name)).append("\n\n");
        if (!description.isEmpty()) {
            out.append(description.strip()).append("\n\n");
        }
        if (licence.isEmpty()) {
            out.append("No licence has been chosen for these weights.\n\n");
        }
        section(out, "Architecture", architecture(config));
        section(out, "Data", data);
        section(out, "Evaluation", metrics);
        section(out, "Provenance", provenance);
        if (!usage.isEmpty()) {
            out.append("## Use\n\n").append(usage.strip()).append("\n\n");
        }
        if (!spec.isEmpty()) {
            out.append("## Training specification\n\n```yaml\n")
                    .append(spec.strip())
                    .append("\n```\n");
        }
        return out.toString();
    }

    private static Map<String, String> architecture(VitConfig config) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Name", config.name());
        facts.put("Width, blocks, heads", config.width() + ", " + config.depth() + ", " + config.heads());
        facts.put("Patch", config.patch() + " pixels");
        facts.put("Position embedding for", config.imageSize() + " × " + config.imageSize() + " pixels");
        facts.put("Register tokens", Integer.toString(config.registers()));
        facts.put("Feed-forward", config.ffn().name());
        return facts;
    }

    private static void section(StringBuilder out, String title, Map<String, String> facts) {
        if (facts.isEmpty()) {
            return;
        }
        out.append("## ").append(title).append("\n\n| | |\n|---|---|\n");
        facts.forEach((name, value) -> out.append("| ")
                .append(cell(name))
                .append(" | ")
                .append(cell(value))
                .append(" |\n"));
        out.append('\n');
    }

    private static String cell(String text) {
        return line(text).replace("|", "\\|");
    }

    private static String line(String text) {
        return text.replaceAll("\\s*\\R\\s*", " ");
    }

    private static String quoted(String text) {
        return "\"" + line(text).replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}

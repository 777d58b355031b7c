package org.dinobench.core.spec.train;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.dinobench.core.problem.BadInputException;

/** The training presets that come with the product. */
public final class TrainPresets {
    private static final List<String> NAMES =
            List.of("quick", "lesion_small", "continue", "distill", "vitl16_short", "vitl14", "vitg14");

    private TrainPresets() {}

    /** Names, the most approachable first. */
    public static List<String> names() {
        return NAMES;
    }

    /** All presets in the order of {@link #names()}. */
    public static List<TrainPreset> all() {
        return NAMES.stream().map(TrainPresets::of).toList();
    }

    /** @throws BadInputException when there is no such preset */
    public static TrainPreset of(String name) {
        if (!NAMES.contains(name)) {
            throw new BadInputException(
                    "preset " + name, "there is no such preset", "use one of " + String.join(", ", NAMES));
        }
        String file = "presets/" + name + ".yaml";
        try (InputStream in = TrainPresets.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("The resource " + file + " is missing");
            }
            String yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            TrainSpec spec = TrainSpecs.reader()
                    .readText(file, yaml, TrainSpecs.defaults())
                    .spec();
            return new TrainPreset(name, TrainSpecs.reader().set(spec, "preset=" + name));
        } catch (IOException e) {
            throw new IllegalStateException("The resource " + file + " cannot be read", e);
        }
    }
}

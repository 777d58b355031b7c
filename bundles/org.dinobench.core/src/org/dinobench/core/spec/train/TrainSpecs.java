package org.dinobench.core.spec.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.dinobench.core.spec.SpecReader;
import org.dinobench.core.spec.SpecResult;
import org.dinobench.core.spec.SpecSchema;

/**
 * Reading training specs: presets, files (official DINOv2 files too) and single assignments, in this order, and checked
 * as a whole at the end.
 */
public final class TrainSpecs {
    private static final SpecReader<TrainSpec> READER =
            SpecReader.of(TrainSpec.class).ignoring(OfficialKeys.all());

    private TrainSpecs() {}

    /** Keys, types, ranges and help of a training spec. */
    public static SpecSchema<TrainSpec> schema() {
        return SpecSchema.of(TrainSpec.class);
    }

    /** The reader behind this class, for dialogs that check single fields by {@link SpecReader#set}. */
    public static SpecReader<TrainSpec> reader() {
        return READER;
    }

    /** The official defaults ({@code ssl_default_config}), unchecked and unresolved. */
    public static TrainSpec defaults() {
        return schema().defaults();
    }

    /** Reads a file, over the preset that its key {@code preset} names, and checks the whole. */
    public static SpecResult<TrainSpec> read(Path file) {
        return load(Optional.empty(), Optional.of(file), List.of());
    }

    /**
     * Puts a spec together and checks it.
     *
     * @param preset name of the preset to start from; where absent, the file's key {@code preset}, else the defaults
     * @param file YAML whose keys override the preset
     * @param assignments {@code key=value} texts that override both
     * @throws org.dinobench.core.problem.BadInputException with place and repair
     */
    public static SpecResult<TrainSpec> load(Optional<String> preset, Optional<Path> file, List<String> assignments) {
        SpecResult<TrainSpec> result = loadUnchecked(preset, file, assignments);
        TrainSpecValidator.check(
                result.spec(), file.map(Path::toString).or(() -> preset).orElse(""));
        return result;
    }

    /** As {@link #load}, for editors that show the contradictions beside the fields. */
    public static SpecResult<TrainSpec> loadUnchecked(
            Optional<String> preset, Optional<Path> file, List<String> assignments) {
        TrainSpec base = preset.map(name -> TrainPresets.of(name).spec()).orElseGet(TrainSpecs::defaults);
        SpecResult<TrainSpec> result = new SpecResult<>(base, List.of());
        if (file.isPresent()) {
            if (preset.isEmpty()) {
                String named = READER.read(file.get(), base).spec().preset();
                base = named.isEmpty() ? base : TrainPresets.of(named).spec();
            }
            result = READER.read(file.get(), base);
        }
        return new SpecResult<>(READER.setAll(result.spec(), assignments), result.ignored());
    }
}

package org.dinobench.ui.losses.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.SpecKey;
import org.dinobench.core.spec.SpecProblem;
import org.dinobench.core.spec.SpecSchema;
import org.dinobench.core.spec.train.TrainPresets;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.core.spec.train.TrainSpecValidator;
import org.dinobench.core.spec.train.TrainSpecs;

/** The objective that is being configured: a preset, and what differs from it. */
public final class LossModel {
    private final SpecSchema<TrainSpec> schema = TrainSpecs.schema();
    private final List<Runnable> listeners = new ArrayList<>();
    private String preset = ""; // $NON-NLS-1$
    private TrainSpec base;
    private TrainSpec spec;

    private final List<FurtherLoss<?>> further;

    /** A model at the first preset, of DINOv2's own losses. */
    public LossModel() {
        this(List.of());
    }

    /**
     * A model at the first preset.
     *
     * @param further losses that other bundles bring
     */
    public LossModel(List<FurtherLoss<?>> further) {
        this.further = List.copyOf(further);
        setPreset(TrainPresets.names().get(0));
    }

    /**
     * Adds a listener.
     *
     * @param listener called after each change
     */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** {@return name of the preset} */
    public String preset() {
        return preset;
    }

    /**
     * Starts from a preset, without changes.
     *
     * @param name the preset
     */
    public void setPreset(String name) {
        preset = name;
        base = TrainPresets.of(name).spec();
        spec = base;
        tell();
    }

    /** {@return the configured spec} */
    public TrainSpec spec() {
        return spec;
    }

    /** {@return the parts of the form: DINOv2's own objective, then each further loss} */
    public List<LossSection> sections() {
        List<LossSection> sections = new ArrayList<>(LossSection.standard());
        further.forEach(loss -> sections.add(loss.section()));
        return sections;
    }

    private Optional<FurtherLoss<?>> further(String path) {
        return further.stream().filter(loss -> loss.key(path).isPresent()).findFirst();
    }

    /**
     * What is known of a key.
     *
     * @param path dotted path
     * @return its schema
     */
    public SpecKey key(String path) {
        Optional<FurtherLoss<?>> other = further(path);
        if (other.isPresent()) {
            return other.get().key(path).orElseThrow();
        }
        return schema.find(path).orElseThrow();
    }

    /**
     * The present value.
     *
     * @param path dotted path
     * @return as it stands in YAML
     */
    public String text(String path) {
        return text(spec, path);
    }

    /**
     * The preset's value.
     *
     * @param path dotted path
     * @return as it stands in YAML
     */
    public String presetText(String path) {
        return text(base, path);
    }

    private String text(TrainSpec of, String path) {
        return further(path).map(loss -> loss.text(of, path)).orElseGet(() -> schema.text(of, path));
    }

    /**
     * Changes a value.
     *
     * @param path dotted path
     * @param text as it would stand in YAML
     * @return why it cannot be, empty when it was taken
     */
    public Optional<String> set(String path, String text) {
        try {
            Optional<FurtherLoss<?>> other = further(path);
            TrainSpec changed = other.isPresent()
                    ? other.get().set(spec, path, text)
                    : TrainSpecs.reader().set(spec, path + "=" + text); // $NON-NLS-1$
            if (!changed.equals(spec)) {
                spec = changed;
                tell();
            }
            return Optional.empty();
        } catch (BadInputException e) {
            return Optional.of(e.problem() + "; " + e.remedy()); // $NON-NLS-1$
        }
    }

    /** Takes all changes back. */
    public void reset() {
        spec = base;
        tell();
    }

    /** {@return paths of the keys that differ from the preset} */
    public List<String> changes() {
        return schema.differences(base, spec);
    }

    /** {@return the changes as {@code key=value}} */
    public List<String> assignments() {
        return changes().stream().map(path -> path + "=" + text(path)).toList(); // $NON-NLS-1$
    }

    /** {@return what contradicts itself or is known to be unstable} */
    public List<LossWarning> warnings() {
        List<LossWarning> warnings = new ArrayList<>();
        for (SpecProblem problem : TrainSpecValidator.problems(spec)) {
            warnings.add(new LossWarning(problem.key() + ": " + problem.problem(), problem.remedy())); // $NON-NLS-1$
        }
        warnings.addAll(LossWarning.unstable(spec));
        return warnings;
    }

    private void tell() {
        listeners.forEach(Runnable::run);
    }
}

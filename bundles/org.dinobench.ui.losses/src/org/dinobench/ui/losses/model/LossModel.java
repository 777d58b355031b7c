package org.dinobench.ui.losses.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
    private final Deque<State> undone = new ArrayDeque<>();
    private final Deque<State> done = new ArrayDeque<>();
    private String lastChanged = ""; // $NON-NLS-1$
    private String grouped = ""; // $NON-NLS-1$

    /** What a step back restores. */
    private record State(String preset, TrainSpec base, TrainSpec spec) {}

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
        done.clear();
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
        if (base != null) {
            remember(""); // $NON-NLS-1$
        }
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
                remember(path);
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
        if (!spec.equals(base)) {
            remember(""); // $NON-NLS-1$
            spec = base;
            tell();
        }
    }

    /**
     * Begins one step for undo, however many values are changed in it, such as a knot's drag.
     *
     * @param what any name of it
     */
    public void beginStep(String what) {
        seal();
        grouped = what;
    }

    /** Ends the step: the next change is undone for itself. */
    public void seal() {
        lastChanged = ""; // $NON-NLS-1$
        grouped = ""; // $NON-NLS-1$
    }

    /** Typing on in one field is one step, and so is what belongs together. */
    private void remember(String path) {
        String step = grouped.isEmpty() ? path : grouped;
        undone.clear();
        if (step.isEmpty() || !step.equals(lastChanged)) {
            done.push(new State(preset, base, spec));
        }
        lastChanged = step;
    }

    /** {@return whether there is a step to take back} */
    public boolean canUndo() {
        return !done.isEmpty();
    }

    /** {@return whether a step was taken back} */
    public boolean canRedo() {
        return !undone.isEmpty();
    }

    /** Takes the last step back. */
    public void undo() {
        restore(done, undone);
    }

    /** Does again what was taken back last. */
    public void redo() {
        restore(undone, done);
    }

    private void restore(Deque<State> from, Deque<State> to) {
        if (!from.isEmpty()) {
            to.push(new State(preset, base, spec));
            State state = from.pop();
            preset = state.preset();
            base = state.base();
            spec = state.spec();
            seal();
            tell();
        }
    }

    /** {@return the recipe's spec} */
    public TrainSpec base() {
        return base;
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

package org.dinobench.ui.trainer.form;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.SpecKey;
import org.dinobench.core.spec.SpecProblem;
import org.dinobench.core.spec.SpecSchema;
import org.dinobench.core.spec.train.TrainPresets;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.core.spec.train.TrainSpecValidator;
import org.dinobench.core.spec.train.TrainSpecs;

/** A training spec that is being filled in: a recipe, what differs from it, and what was typed that cannot be. */
public final class SpecDraft implements SpecValues {
    private final SpecSchema<TrainSpec> schema = TrainSpecs.schema();
    private final List<Runnable> listeners = new ArrayList<>();
    private final Map<String, String> typed = new LinkedHashMap<>();
    private final Map<String, String> faults = new LinkedHashMap<>();
    private String preset = ""; // $NON-NLS-1$
    private TrainSpec base;
    private TrainSpec spec;
    private List<SpecProblem> contradictions = List.of();

    /**
     * A draft.
     *
     * @param preset name of the recipe that it starts from
     * @param assignments what differs from it, as {@code key=value}; ones that cannot be are passed over
     */
    public SpecDraft(String preset, List<String> assignments) {
        start(preset, assignments);
    }

    /**
     * Starts anew.
     *
     * @param name of the recipe
     * @param assignments what differs from it, as {@code key=value}; ones that cannot be are kept as faults of their keys
     */
    public void start(String name, List<String> assignments) {
        preset = name;
        base = TrainPresets.of(name).spec();
        spec = base;
        typed.clear();
        faults.clear();
        for (String assignment : assignments) {
            take(assignment);
        }
        changed();
    }

    private void take(String assignment) {
        try {
            spec = TrainSpecs.reader().set(spec, assignment);
        } catch (BadInputException e) {
            String path = assignment.substring(0, Math.max(0, assignment.indexOf('=')));
            if (schema.find(path).isPresent()) {
                typed.put(path, assignment.substring(path.length() + 1));
                faults.put(path, sentence(e));
            }
        }
    }

    /**
     * Adds a listener.
     *
     * @param listener called after each change
     */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** {@return name of the recipe} */
    public String preset() {
        return preset;
    }

    /** {@return the spec as far as it can be} */
    public TrainSpec spec() {
        return spec;
    }

    @Override
    public SpecKey key(String path) {
        return schema.find(path).orElseThrow();
    }

    @Override
    public String shown(String path) {
        String text = typed.get(path);
        return text == null ? schema.shown(spec, path) : text;
    }

    @Override
    public String baseShown(String path) {
        return schema.shown(base, path);
    }

    @Override
    public void set(String path, String text) {
        if (text.equals(shown(path))) {
            return;
        }
        typed.put(path, text);
        try {
            spec = TrainSpecs.reader().set(spec, path + "=" + key(path).yaml(text)); // $NON-NLS-1$
            faults.remove(path);
        } catch (BadInputException e) {
            faults.put(path, sentence(e));
        }
        changed();
    }

    /**
     * Changes several values at once.
     *
     * @param assignments {@code key=value} with values as in YAML
     */
    public void setAll(List<String> assignments) {
        for (String assignment : assignments) {
            String path = assignment.substring(0, assignment.indexOf('='));
            typed.remove(path);
            faults.remove(path);
            take(assignment);
        }
        changed();
    }

    @Override
    public Optional<String> problem(String path) {
        String fault = faults.get(path);
        if (fault != null) {
            return Optional.of(fault);
        }
        return contradictions.stream()
                .filter(p -> p.key().equals(path))
                .map(SpecDraft::sentence)
                .findFirst();
    }

    /** {@return keys that something is wrong with, each once, those that were typed wrongly first} */
    public List<String> troubled() {
        List<String> paths = new ArrayList<>(faults.keySet());
        contradictions.stream()
                .map(SpecProblem::key)
                .filter(k -> !paths.contains(k))
                .forEach(paths::add);
        return paths;
    }

    /** {@return what differs from the recipe, as {@code key=value}} */
    public List<String> assignments() {
        return schema.differences(base, spec).stream()
                .map(path -> path + "=" + schema.text(spec, path)) // $NON-NLS-1$
                .toList();
    }

    private void changed() {
        contradictions = TrainSpecValidator.problems(spec);
        listeners.forEach(Runnable::run);
    }

    private static String sentence(BadInputException e) {
        return e.remedy().isEmpty() ? e.problem() + "." : e.problem() + "; " + e.remedy() + "."; // $NON-NLS-1$
    }

    private static String sentence(SpecProblem p) {
        return p.problem() + "; " + p.remedy() + "."; // $NON-NLS-1$ //$NON-NLS-2$
    }
}

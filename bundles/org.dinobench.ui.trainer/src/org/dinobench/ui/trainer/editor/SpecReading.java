package org.dinobench.ui.trainer.editor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.SpecCheck;
import org.dinobench.core.spec.SpecProblem;
import org.dinobench.core.spec.SpecSource;
import org.dinobench.core.spec.train.TrainPresets;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.core.spec.train.TrainSpecValidator;
import org.dinobench.core.spec.train.TrainSpecs;

/**
 * What a spec's text means: values as far as they are right, everything that is wrong, and where keys stand.
 *
 * @param text that was read
 * @param base the recipe that the text names, or the defaults
 * @param spec the values
 * @param source places of keys; empty when the text is no YAML
 * @param faults by line
 */
public record SpecReading(
        String text, TrainSpec base, TrainSpec spec, Optional<SpecSource> source, List<SpecFault> faults) {
    private static final String LABEL = "spec"; // $NON-NLS-1$

    /** Copies the list. */
    public SpecReading {
        faults = List.copyOf(faults);
    }

    /**
     * Reads a text.
     *
     * @param text any text
     * @return what it means
     */
    public static SpecReading of(String text) {
        SpecCheck<TrainSpec> check = TrainSpecs.reader().check(LABEL, text, TrainSpecs.defaults());
        String preset = check.spec().preset();
        Optional<SpecSource> source = source(text);
        List<SpecFault> faults = new ArrayList<>();
        TrainSpec base = TrainSpecs.defaults();
        if (!preset.isEmpty()) {
            try {
                base = TrainPresets.of(preset).spec();
                check = TrainSpecs.reader().check(LABEL, text, base);
            } catch (BadInputException e) {
                int line = source.map(s -> s.lineOf("preset")).orElse(1); // $NON-NLS-1$
                faults.add(new SpecFault(line, "preset", sentence(e))); // $NON-NLS-1$
            }
        }
        for (BadInputException fault : check.faults()) {
            int line = line(fault.where());
            faults.add(new SpecFault(line, keyAt(source, line), sentence(fault)));
        }
        if (source.isPresent()) {
            for (SpecProblem problem : TrainSpecValidator.problems(check.spec())) {
                faults.add(new SpecFault(
                        line(source.get(), problem.key()),
                        problem.key(),
                        problem.key() + ": " + problem.problem() + "; " + problem.remedy()
                                + ".")); //$NON-NLS-1$ //$NON-NLS-2$
            }
        }
        faults.sort(Comparator.comparingInt(SpecFault::line));
        return new SpecReading(text, base, check.spec(), source, faults);
    }

    private static Optional<SpecSource> source(String text) {
        try {
            return Optional.of(SpecSource.parse(LABEL, text));
        } catch (BadInputException e) {
            // the check tells the line
            return Optional.empty();
        }
    }

    /** A value that the text does not name comes from the recipe: the fault is shown where that is named. */
    private static int line(SpecSource source, String key) {
        String section = key.contains(".") ? key.substring(0, key.indexOf('.')) : key; // $NON-NLS-1$
        return source.lineOf(source.find(section).isPresent() ? key : "preset"); // $NON-NLS-1$
    }

    /** {@code spec:12} */
    private static int line(String where) {
        String digits = where.substring(where.lastIndexOf(':') + 1);
        return digits.matches("\\d{1,9}") ? Integer.parseInt(digits) : 1; // $NON-NLS-1$
    }

    private static String keyAt(Optional<SpecSource> source, int line) {
        return source.stream()
                .flatMap(s -> s.paths().stream()
                        .filter(path -> s.lineOf(path) == line
                                && TrainSpecs.schema().find(path).isPresent()))
                .reduce((first, second) -> second)
                .orElse(""); // $NON-NLS-1$
    }

    private static String sentence(BadInputException e) {
        return e.remedy().isEmpty() ? e.problem() + "." : e.problem() + "; " + e.remedy() + "."; // $NON-NLS-1$
    }

    /** {@return the fault that keeps the text from being YAML at all, empty when it is} */
    public Optional<SpecFault> unreadable() {
        return source.isPresent() ? Optional.empty() : faults.stream().findFirst();
    }
}

package org.dinobench.core.spec;

import java.util.List;
import org.dinobench.core.problem.BadInputException;

/**
 * A configuration that was read as far as it is right.
 *
 * @param spec the values, complete
 * @param faults what is wrong in the text, each with file and line, in the order of the text
 * @param <R> the configuration's record
 */
public record SpecCheck<R extends Record>(R spec, List<BadInputException> faults) {
    /** Copies the list. */
    public SpecCheck {
        faults = List.copyOf(faults);
    }
}

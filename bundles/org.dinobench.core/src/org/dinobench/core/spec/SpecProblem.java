package org.dinobench.core.spec;

import org.dinobench.core.problem.BadInputException;

/**
 * Something in a configuration that contradicts itself; shown beside the field in dialogs.
 *
 * @param key dotted path of the key to change
 * @param problem what is wrong, without a final full stop
 * @param remedy a repair that works, without a final full stop
 */
public record SpecProblem(String key, String problem, String remedy) {
    /** @param where the file or option that the configuration came from */
    public BadInputException asException(String where) {
        return new BadInputException(where.isEmpty() ? key : where + ", key " + key, problem, remedy);
    }
}

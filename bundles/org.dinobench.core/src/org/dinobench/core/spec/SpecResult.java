package org.dinobench.core.spec;

import java.util.List;

/**
 * A configuration that was read.
 *
 * @param spec the values, complete
 * @param ignored keys that were understood as belonging to somebody else and left out
 * @param <R> the configuration's record
 */
public record SpecResult<R extends Record>(R spec, List<IgnoredKey> ignored) {
    /** Copies the list. */
    public SpecResult {
        ignored = List.copyOf(ignored);
    }
}

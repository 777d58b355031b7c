package org.dinobench.ui.trainer.wizard;

import java.util.List;
import java.util.Optional;

/**
 * Where a run is to work. The command line knows the rest: only its options are made here.
 *
 * @param ranks processes on this computer, 1 and more
 * @param profile file that describes a cluster; empty: this computer
 */
public record RunPlace(int ranks, Optional<String> profile) {
    /** One process on this computer. */
    public static final RunPlace HERE = new RunPlace(1, Optional.empty());

    /** {@return the options of the command {@code train}} */
    public List<String> options() {
        if (profile.isPresent()) {
            return List.of("--profile", profile.get()); // $NON-NLS-1$
        }
        return ranks > 1 ? List.of("--ranks", Integer.toString(ranks)) : List.of(); // $NON-NLS-1$
    }

    /** {@return processes that share this computer; 1 where the run works elsewhere} */
    public int here() {
        return profile.isPresent() ? 1 : ranks;
    }
}

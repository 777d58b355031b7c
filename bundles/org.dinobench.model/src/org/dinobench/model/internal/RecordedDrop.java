package org.dinobench.model.internal;

import java.util.ArrayList;
import java.util.List;
import org.dinobench.model.DropSource;
import org.dinobench.model.ForwardOptions;

/** Remembers what a source said, so that a block computed a second time drops the same samples. */
final class RecordedDrop implements DropSource {
    private final DropSource source;
    private final List<long[]> permutations = new ArrayList<>();
    private final List<boolean[]> keeps = new ArrayList<>();
    private int nextPermutation;
    private int nextKeep;

    private RecordedDrop(DropSource source) {
        this.source = source;
    }

    /** The options with a recording source, or as they are without stochastic depth. */
    static ForwardOptions wrap(ForwardOptions options) {
        return options.drop() == null ? options : with(options, new RecordedDrop(options.drop()));
    }

    /** Starts from the beginning of the recording. */
    static ForwardOptions rewound(ForwardOptions options) {
        if (options.drop() instanceof RecordedDrop recorded) {
            recorded.nextPermutation = 0;
            recorded.nextKeep = 0;
        }
        return options;
    }

    private static ForwardOptions with(ForwardOptions options, DropSource drop) {
        return new ForwardOptions(
                options.packed(), options.attention(), drop, options.dropMode(), options.checkpoint());
    }

    @Override
    public long[] permutation(int samples) {
        if (nextPermutation == permutations.size()) {
            permutations.add(source.permutation(samples));
        }
        return permutations.get(nextPermutation++);
    }

    @Override
    public boolean[] keep(int samples, double probability) {
        if (nextKeep == keeps.size()) {
            keeps.add(source.keep(samples, probability));
        }
        return keeps.get(nextKeep++);
    }
}

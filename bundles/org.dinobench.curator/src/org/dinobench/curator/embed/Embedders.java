package org.dinobench.curator.embed;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.dinobench.core.problem.BadInputException;

/** The embedders that are there, found by the model that a person names. */
public final class Embedders {
    private final List<EmbedderProvider> providers;

    /** @param providers in any order */
    public Embedders(List<? extends EmbedderProvider> providers) {
        this.providers = providers.stream()
                .sorted(Comparator.comparingInt(EmbedderProvider::rank))
                .collect(Collectors.toUnmodifiableList());
    }

    /** The embedders of this bundle: the built-in one, TorchScript files and checkpoints. */
    public static Embedders standard() {
        return new Embedders(List.of(
                new DescriptorEmbedderProvider(), new TorchScriptEmbedderProvider(), new CheckpointEmbedderProvider()));
    }

    /**
     * Opens a model; the caller closes it.
     *
     * @throws BadInputException when no provider knows it
     */
    public Embedder open(String model) {
        return provider(model).open(model);
    }

    /**
     * Opens a model to find copies by it; the caller closes it.
     *
     * @throws BadInputException when no provider knows it
     */
    public Embedder openForCopies(String model) {
        return provider(model).openForCopies(model);
    }

    private EmbedderProvider provider(String model) {
        for (EmbedderProvider provider : providers) {
            if (provider.accepts(model)) {
                return provider;
            }
        }
        throw new BadInputException(
                "model " + model,
                "it is no model that can embed images",
                "name one of: " + providers.stream().map(EmbedderProvider::help).collect(Collectors.joining("; ")));
    }
}

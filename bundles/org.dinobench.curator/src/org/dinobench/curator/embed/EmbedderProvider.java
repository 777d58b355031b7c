package org.dinobench.curator.embed;

/**
 * Opens embedders for one kind of model. Providers are OSGi services and are asked by rising {@link #rank()}; the
 * first that accepts a model opens it.
 */
public interface EmbedderProvider {
    /** Place in the order of asking; the more a provider looks at the model, the smaller. */
    int rank();

    /** What a person may write for {@code model}, in one line of help. */
    String help();

    /** Whether this provider is the one for a model, without loading it. */
    boolean accepts(String model);

    /**
     * Opens the model.
     *
     * @param model as written in the specification: a word of the provider or a path
     * @throws org.dinobench.core.problem.BadInputException when the model cannot be used
     */
    Embedder open(String model);

    /**
     * Opens the model to find copies of the same picture by it, where that wants other vectors than telling what an
     * image shows.
     *
     * @param model as in {@link #open}
     */
    default Embedder openForCopies(String model) {
        return open(model);
    }
}

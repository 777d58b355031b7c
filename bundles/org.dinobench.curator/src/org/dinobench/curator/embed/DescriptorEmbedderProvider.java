package org.dinobench.curator.embed;

/** Provides the built-in embedder under the name {@value DescriptorEmbedder#MODEL}. */
public final class DescriptorEmbedderProvider implements EmbedderProvider {
    @Override
    public int rank() {
        return 0;
    }

    @Override
    public String help() {
        return DescriptorEmbedder.MODEL + " (descriptors and local features, no weights needed)";
    }

    @Override
    public boolean accepts(String model) {
        return model.equals(DescriptorEmbedder.MODEL);
    }

    @Override
    public Embedder open(String model) {
        return new DescriptorEmbedder();
    }
}

package org.dinobench.evaluation.features;

/** What of the network's output stands for an image. */
public enum FeatureKind {
    /** The class token, width D: the reference's choice for nearest neighbours. */
    CLS("CLS"),
    /** The mean of the patch tokens, width D. */
    MEAN_PATCH("mean patch"),
    /** Both side by side, width 2 D: steadier for small models. */
    CLS_AND_MEAN_PATCH("CLS + mean patch");

    private final String words;

    FeatureKind(String words) {
        this.words = words;
    }

    /** As shown in reports. */
    public String words() {
        return words;
    }
}

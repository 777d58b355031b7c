package org.dinobench.evaluation.knn;

import org.dinobench.evaluation.data.FeatureMatrix;

/** What is done to features before they are brought to length 1 and compared by cosine. */
public enum FeatureScaling {
    /** Nothing, as in the reference's evaluation. */
    AS_IS {
        @Override
        Pair of(FeatureMatrix train, FeatureMatrix queries) {
            return new Pair(train, queries);
        }
    },
    /** The training mean is taken off; features of untrained and small models are nearly parallel without it. */
    CENTRED {
        @Override
        Pair of(FeatureMatrix train, FeatureMatrix queries) {
            double[] mean = train.mean();
            return new Pair(train.minus(mean), queries.minus(mean));
        }
    },
    /**
     * The training mean is taken off and all directions of the training features get about the same spread, so that the
     * few strongest ones (overall colour and brightness, in most images) do not decide alone who is near.
     */
    WHITENED {
        @Override
        Pair of(FeatureMatrix train, FeatureMatrix queries) {
            Whitening whitening = Whitening.fit(train);
            return new Pair(whitening.apply(train), whitening.apply(queries));
        }
    };

    /** Both parts, scaled by what the training part alone says. */
    record Pair(FeatureMatrix train, FeatureMatrix queries) {}

    abstract Pair of(FeatureMatrix train, FeatureMatrix queries);

    /** As shown in reports, at the start of a sentence. */
    public String words() {
        return switch (this) {
            case AS_IS -> "Cosine similarity";
            case CENTRED -> "Centred features, cosine similarity";
            case WHITENED -> "Whitened features, cosine similarity";
        };
    }
}

package org.dinobench.ui.trainer.health;

import org.dinobench.ui.trainer.Messages;

/** The numbers of a run that tell whether training is sound. */
public enum Measure {
    /** Share of the prototypes within the batch's reach that are some target's first choice. */
    USAGE("prototype_usage"), // $NON-NLS-1$
    /** Mean entropy of the teacher's targets. */
    ENTROPY("teacher_entropy"), // $NON-NLS-1$
    /** Effective rank of the teacher's class tokens. */
    RANK("feature_rank"), // $NON-NLS-1$
    /** Spread of the teacher's class tokens. */
    SPREAD("feature_std"), // $NON-NLS-1$
    /** Norm of the gradient before clipping. */
    GRADIENT("grad_norm"), // $NON-NLS-1$
    /** The loss that is minimised. */
    LOSS("total_loss"), // $NON-NLS-1$
    /** Accuracy of the k-NN checks. */
    KNN("knn_accuracy"), // $NON-NLS-1$
    /** Images a second. */
    SPEED("images_per_second"); // $NON-NLS-1$

    private final String key;

    Measure(String key) {
        this.key = key;
    }

    /** {@return its name in the metrics} */
    public String key() {
        return key;
    }

    /** {@return its name for people} */
    public String title() {
        return switch (this) {
            case USAGE -> Messages.Health_Usage;
            case ENTROPY -> Messages.Health_Entropy;
            case RANK -> Messages.Health_Rank;
            case SPREAD -> Messages.Health_Spread;
            case GRADIENT -> Messages.Health_Gradient;
            case LOSS -> Messages.Health_Loss;
            case KNN -> Messages.Health_Knn;
            case SPEED -> Messages.Health_Speed;
        };
    }
}

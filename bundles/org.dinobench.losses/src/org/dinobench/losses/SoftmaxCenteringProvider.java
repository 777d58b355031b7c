package org.dinobench.losses;

/** Offers {@link SoftmaxCentering} with DINOv2's momentum of 0.9. */
public final class SoftmaxCenteringProvider implements TeacherCenteringProvider {
    /** {@code centering}, as in the official configuration. */
    public static final String ID = "centering";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public TeacherCentering create(int prototypes, Reduction reduction) {
        return new SoftmaxCentering(prototypes, SoftmaxCentering.DEFAULT_MOMENTUM, reduction);
    }
}

package org.dinobench.losses;

/** Offers {@link SinkhornKnopp}, by itself with DINOv2's three iterations. */
public final class SinkhornKnoppProvider implements TeacherCenteringProvider {
    /** {@code sinkhorn_knopp}, as in the official configuration. */
    public static final String ID = "sinkhorn_knopp";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public TeacherCentering create(int prototypes, Reduction reduction) {
        return new SinkhornKnopp(SinkhornKnopp.DEFAULT_ITERATIONS, reduction);
    }

    @Override
    public TeacherCentering create(int prototypes, int iterations, Reduction reduction) {
        return new SinkhornKnopp(iterations, reduction);
    }
}

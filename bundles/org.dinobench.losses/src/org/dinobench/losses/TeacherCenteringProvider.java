package org.dinobench.losses;

/** An OSGi service that offers one way of centering the teacher's output. Stateless. */
public interface TeacherCenteringProvider {
    /** Short stable name, the value of {@code train.centering}, such as {@code sinkhorn_knopp}. */
    String id();

    /**
     * Makes the centering of one kind of tokens.
     *
     * @param prototypes K, the width of the head's output
     * @param reduction sums over ranks
     */
    TeacherCentering create(int prototypes, Reduction reduction);

    /**
     * As {@link #create(int, Reduction)}, for a centering that works in rounds; others do not ask for their number.
     *
     * @param iterations {@code train.sinkhorn_iterations}, 1 and more
     */
    default TeacherCentering create(int prototypes, int iterations, Reduction reduction) {
        return create(prototypes, reduction);
    }
}

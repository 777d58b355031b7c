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
}

package org.dinobench.trainer.step;

import org.bytedeco.pytorch.global.torch.ScalarType;
import org.dinobench.torch.ComputeDevice;

/**
 * The networks of a run. In pre-training the teacher is the moving average of the student; in distillation it is a
 * larger frozen network, and the average is a third one, kept aside: the product.
 */
public final class SelfSupervisedModel implements AutoCloseable {
    private final HeadedNetwork student;
    private final HeadedNetwork teacher;
    private final HeadedNetwork average;

    private SelfSupervisedModel(HeadedNetwork student, HeadedNetwork teacher, HeadedNetwork average) {
        this.student = student;
        this.teacher = teacher;
        this.average = average;
    }

    /**
     * A student drawn from a seed and a teacher that begins as its copy.
     *
     * @param shape the shapes of both
     * @param type floating-point type of the parameters
     */
    public static SelfSupervisedModel pretraining(ModelShape shape, ScalarType type, ComputeDevice device, long seed) {
        HeadedNetwork student = HeadedNetwork.trained(shape, type, device, seed);
        HeadedNetwork teacher = student.likeTeacher();
        return new SelfSupervisedModel(student, teacher, teacher);
    }

    /**
     * A student that learns from a frozen network.
     *
     * @param student trained; closed with this
     * @param teacher frozen, with heads of as many prototypes; closed with this
     */
    public static SelfSupervisedModel distillation(HeadedNetwork student, HeadedNetwork teacher) {
        ModelShape small = student.shape();
        ModelShape large = teacher.shape();
        if (small.dinoHead().prototypes() != large.dinoHead().prototypes()
                || small.patchHead().prototypes() != large.patchHead().prototypes()) {
            throw new IllegalArgumentException("Student and teacher have different numbers of prototypes");
        }
        return new SelfSupervisedModel(student, teacher, student.likeTeacher());
    }

    /** The trained network. */
    public HeadedNetwork student() {
        return student;
    }

    /** The network that gives the targets. */
    public HeadedNetwork teacher() {
        return teacher;
    }

    /** The moving average of the student: the product of the run. */
    public HeadedNetwork average() {
        return average;
    }

    /** Whether the teacher stays as it is. */
    public boolean frozenTeacher() {
        return teacher != average;
    }

    @Override
    public void close() {
        student.close();
        teacher.close();
        if (frozenTeacher()) {
            average.close();
        }
    }
}

package org.dinobench.trainer.step;

import java.util.Iterator;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.dinobench.core.spec.train.Precision;
import org.dinobench.torch.ComputeDevice;
import org.dinobench.torch.FlatParameters;
import org.dinobench.torch.ParameterUnit;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Torch;

/**
 * The networks of a run. In pre-training the teacher is the moving average of the student; in distillation it is a
 * larger frozen network, and the average is a third one, kept aside: the product.
 *
 * <p>With bf16 and fp16 student and teacher compute with 16-bit copies, while the optimizer works on 32-bit master
 * weights and the average is kept in 32 bits; otherwise these are one and the same.
 */
public final class SelfSupervisedModel implements AutoCloseable {
    private final HeadedNetwork student;
    private final HeadedNetwork teacher;
    private final HeadedNetwork average;
    private final FlatParameters master;
    private final boolean frozenTeacher;

    private SelfSupervisedModel(
            HeadedNetwork student,
            HeadedNetwork teacher,
            HeadedNetwork average,
            FlatParameters master,
            boolean frozen) {
        this.student = student;
        this.teacher = teacher;
        this.average = average;
        this.master = master;
        this.frozenTeacher = frozen;
    }

    /**
     * A student drawn from a seed and a teacher that begins as its copy.
     *
     * @param shape the shapes of both
     * @param precision decides the type of the computing copies
     * @param seed the same seed gives the same weights on every machine
     */
    public static SelfSupervisedModel pretraining(
            ModelShape shape, Precision precision, ComputeDevice device, long seed) {
        HeadedNetwork whole = HeadedNetwork.trained(shape, ScalarType.Float, device, seed);
        HeadedNetwork average = whole.likeTeacher();
        ScalarType type = computeType(precision);
        if (type == ScalarType.Float) {
            return new SelfSupervisedModel(whole, average, average, whole.parameters(), false);
        }
        HeadedNetwork student = copy(whole, type);
        HeadedNetwork teacher = student.likeTeacher();
        return new SelfSupervisedModel(student, teacher, average, whole.parameters(), false);
    }

    /**
     * A student that learns from a frozen network.
     *
     * @param whole the student in fp32, trained; closed with this
     * @param teacher frozen, with heads of as many prototypes; closed with this
     * @param precision decides the type of the student's computing copy
     */
    public static SelfSupervisedModel distillation(HeadedNetwork whole, HeadedNetwork teacher, Precision precision) {
        requireSamePrototypes(whole.shape(), teacher.shape());
        ScalarType type = computeType(precision);
        HeadedNetwork student = type == ScalarType.Float ? whole : copy(whole, type);
        return new SelfSupervisedModel(student, teacher, whole.likeTeacher(), whole.parameters(), true);
    }

    /** @throws IllegalArgumentException when a student cannot learn a teacher's targets */
    public static void requireSamePrototypes(ModelShape student, ModelShape teacher) {
        if (student.dinoHead().prototypes() != teacher.dinoHead().prototypes()
                || student.patchHead().prototypes() != teacher.patchHead().prototypes()) {
            throw new IllegalArgumentException("Student and teacher have different numbers of prototypes");
        }
    }

    /**
     * Networks whose weights somebody else keeps and brings when they are used.
     *
     * @param student records gradients; closed with this
     * @param teacher gives the targets; closed with this
     * @param average the moving average in fp32, possibly the teacher itself; closed with this
     * @param frozenTeacher whether the teacher stays as it is
     */
    public static SelfSupervisedModel kept(
            HeadedNetwork student, HeadedNetwork teacher, HeadedNetwork average, boolean frozenTeacher) {
        return new SelfSupervisedModel(student, teacher, average, student.parameters(), frozenTeacher);
    }

    /** The type that networks compute in. */
    public static ScalarType computeType(Precision precision) {
        return switch (precision) {
            case BF16 -> ScalarType.BFloat16;
            case FP16 -> ScalarType.Half;
            default -> ScalarType.Float;
        };
    }

    private static HeadedNetwork copy(HeadedNetwork whole, ScalarType type) {
        FlatParameters parameters = FlatParameters.create(
                whole.shape().layout(), type, whole.parameters().device(), 1);
        parameters.copyFrom(whole.parameters());
        return new HeadedNetwork(whole.shape(), parameters);
    }

    /** The network that computes and collects gradients. */
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

    /** The student's weights and gradients in fp32, on which the optimizer works. */
    public FlatParameters master() {
        return master;
    }

    /** Whether the teacher stays as it is. */
    public boolean frozenTeacher() {
        return frozenTeacher;
    }

    /** Brings the student's gradients to the master's. */
    void collectGradients() {
        if (master == student.parameters()) {
            return;
        }
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            Iterator<ParameterUnit> from = student.parameters().units().iterator();
            for (ParameterUnit to : master.units()) {
                to.gradient().copy_(from.next().gradient());
            }
        }
    }

    /** Moves the average towards the new master weights, and brings both to the computing copies. */
    void follow(double momentum) {
        average.parameters().averageTowards(master, momentum);
        refreshCopies();
    }

    /** Makes the computing copies equal to master and average, as after loading a checkpoint. */
    public void refreshCopies() {
        if (master != student.parameters()) {
            student.parameters().copyFrom(master);
        }
        if (teacher != average && !frozenTeacher) {
            teacher.parameters().copyFrom(average.parameters());
        }
    }

    @Override
    public void close() {
        student.close();
        average.close();
        if (teacher != average) {
            teacher.close();
        }
        if (master != student.parameters()) {
            master.close();
        }
    }
}

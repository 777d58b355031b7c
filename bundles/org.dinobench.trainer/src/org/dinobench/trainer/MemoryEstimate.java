package org.dinobench.trainer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import org.dinobench.core.spec.train.Precision;
import org.dinobench.core.spec.train.TrainMode;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.model.DinoHeadConfig;
import org.dinobench.model.Ffn;
import org.dinobench.model.VitConfig;
import org.dinobench.torch.ParameterSpec;
import org.dinobench.trainer.internal.loop.Phase;
import org.dinobench.trainer.step.ModelShape;

/**
 * About how much memory a run needs at its peak, from its specification alone. Counts what is kept: weights, gradients,
 * moments and average, the frozen teacher of a distillation, activations until their backward pass, crops on their way,
 * decoded images. A last phase at larger crops decides where it needs more than the first. Factors were fitted to
 * measured peaks of a few sizes; the estimate is meant to be right within a quarter.
 *
 * @param parameters trained numbers
 * @param process Java, libtorch and its compiled kernels, bytes
 * @param state weights, gradients, moments, average and their copies in other formats, bytes
 * @param teacher the frozen teacher of a distillation, bytes
 * @param activations what the backward pass needs, or the teacher's forward pass where that is more, bytes
 * @param crops batches that are ready or under way, bytes
 * @param images decoded images kept in memory, bytes
 */
public record MemoryEstimate(
        long parameters, long process, long state, long teacher, long activations, long crops, long images) {
    private static final int GLOBAL_CROPS = 2;
    /** Batches that the loader holds: three ahead and the one in use. */
    private static final int BATCHES = 4;

    private static final long IMAGE_CACHE = 1L << 30;
    private static final long PROCESS = 520L << 20;
    /** Side of a decoded image when the specification does not say. */
    private static final int USUAL_SIDE = 512;

    /** Copies of a teacher while it is read: the file's, the network's to be filled, and the one without gradients. */
    private static final int LOADING = 3;

    private static final int SHORTEST_EXPLICIT = 32;
    private static final int LONGEST_EXPLICIT = 512;

    /** What decides how much a step keeps. */
    record Step(
            ModelShape shape,
            int batch,
            int size,
            int local,
            int locals,
            long masked,
            Precision precision,
            TrainMode mode,
            boolean checkpointing,
            Optional<Teacher> teacher) {
        Step withBatch(int images) {
            return new Step(
                    shape,
                    images,
                    size,
                    local,
                    locals,
                    masked * images / batch,
                    precision,
                    mode,
                    checkpointing,
                    teacher);
        }

        Step withCheckpointing() {
            return new Step(shape, batch, size, local, locals, masked, precision, mode, true, teacher);
        }

        /** The step of the phase that needs most. */
        static Step of(TrainSpec spec) {
            Optional<Teacher> teacher = Teacher.of(spec);
            return Phase.of(spec).stream()
                    .map(phase -> of(phase.spec(), teacher))
                    .max(Comparator.comparingLong(
                            step -> MemoryEstimate.of(step, 1, 0).bytes()))
                    .orElseThrow();
        }

        private static Step of(TrainSpec spec, Optional<Teacher> teacher) {
            ModelShape shape = ModelShape.of(spec);
            int size = spec.crops().globalCropsSize();
            long patches = patches(shape.backbone(), size);
            double share = spec.distill().enabled()
                    ? 1
                    : spec.ibot().lossWeight() == 0
                            ? 0
                            : spec.ibot().maskSampleProbability()
                                    * spec.ibot().maskRatioMinMax().max();
            int batch = spec.train().batchSizePerGpu();
            return new Step(
                    shape,
                    batch,
                    size,
                    spec.crops().localCropsSize(),
                    spec.crops().localCropsNumber(),
                    Math.round(GLOBAL_CROPS * batch * patches * share),
                    spec.train().precision(),
                    spec.train().mode(),
                    spec.train().activationCheckpointing(),
                    teacher);
        }
    }

    /**
     * A frozen teacher.
     *
     * @param width of its tokens
     * @param parameters with its heads
     */
    record Teacher(int width, long parameters) {
        static Optional<Teacher> of(TrainSpec spec) {
            if (!spec.distill().enabled() || spec.distill().teacher().isEmpty()) {
                return Optional.empty();
            }
            TeacherFacts facts;
            try {
                facts = TeacherFacts.of(Path.of(spec.distill().teacher().get()));
            } catch (IOException e) {
                throw new UncheckedIOException("The teacher cannot be read", e);
            }
            long made = facts.dinoPrototypes().isPresent() ? 0 : headsMadeOfFeatures(spec, facts.width());
            return Optional.of(new Teacher(facts.width(), facts.parameters() + made));
        }

        private static long headsMadeOfFeatures(TrainSpec spec, long width) {
            long dino = spec.dino().headNPrototypes().orElseThrow();
            long ibot =
                    spec.ibot().separateHead() ? spec.ibot().headNPrototypes().orElseThrow() : dino;
            return spec.dino().headBottleneckDim() * (dino + width)
                    + spec.ibot().headBottleneckDim() * (ibot + width);
        }

        private long bytes() {
            return 4 * parameters;
        }

        /** One block's tensors for the global crops, which nothing keeps. */
        private long forward(Step step) {
            int tokens = (int) patches(step.shape().backbone(), step.size()) + 1;
            return 4L * GLOBAL_CROPS * step.batch() * tokens * 14 * width;
        }
    }

    /**
     * The estimate of a run in one process.
     *
     * @param spec resolved
     * @param imageCount images of the run
     */
    public static MemoryEstimate of(TrainSpec spec, int imageCount) {
        return of(spec, imageCount, 1);
    }

    /**
     * The estimate of one of several processes that share the state.
     *
     * @param ranks processes; each reads the teacher, keeps its share of moments and average, and for the time of a step all weights
     */
    public static MemoryEstimate of(TrainSpec spec, int imageCount, int ranks) {
        Step step = Step.of(spec);
        int side = spec.crops().imageSize().orElse(USUAL_SIDE);
        long decoded = Math.min(IMAGE_CACHE, 3L * side * side * imageCount);
        return of(step, ranks, decoded);
    }

    static MemoryEstimate of(Step step, int ranks, long decoded) {
        long count = step.shape().layout().values().stream()
                .flatMap(java.util.List::stream)
                .mapToLong(ParameterSpec::count)
                .sum();
        long crops = 4L
                * 3
                * step.batch()
                * (GLOBAL_CROPS * (long) step.size() * step.size()
                        + (long) step.locals() * step.local() * step.local());
        return new MemoryEstimate(
                count,
                PROCESS,
                state(step, count, ranks),
                step.teacher().map(Teacher::bytes).orElse(0L),
                Math.max(
                        Activations.bytes(step),
                        step.teacher().map(teacher -> teacher.forward(step)).orElse(0L)),
                (decoded == 0 ? 1 : BATCHES) * crops,
                decoded);
    }

    private static long state(Step step, long count, int ranks) {
        // values, gradients, two moments, average, four bytes each
        long whole = 20 * count;
        long copies = sixteenBits(step.precision()) ? 6 * count : 0;
        return ranks == 1 ? whole + copies : whole / ranks + 8 * count + copies;
    }

    private static boolean sixteenBits(Precision precision) {
        return precision == Precision.BF16 || precision == Precision.FP16;
    }

    private static long patches(VitConfig backbone, int size) {
        long side = size / backbone.patch();
        return side * side;
    }

    /** All of it, bytes. */
    public long bytes() {
        // the teacher is read before the student is made
        return process + Math.max(LOADING * teacher, state + teacher + activations + crops + images);
    }

    /** What the backward pass keeps, by adding up the operations of a block and a head. */
    private static final class Activations {
        private static long bytes(Step step) {
            VitConfig backbone = step.shape().backbone();
            long globals = GLOBAL_CROPS * (long) step.batch();
            long locals = (long) step.locals() * step.batch();
            int longer = (int) patches(backbone, step.size()) + 1 + backbone.registers();
            int shorter = (int) patches(backbone, step.local()) + 1 + backbone.registers();
            double block = globals * longer * row(step, longer) + locals * shorter * row(step, shorter);
            double stream = 4.0 * backbone.width() * (globals * longer + locals * shorter);
            double backboneBytes =
                    step.checkpointing() ? block + backbone.depth() * stream : backbone.depth() * (block + stream);
            return Math.round(backboneBytes + heads(step, globals, locals, longer) + casts(step));
        }

        /** Bytes that one block keeps for one token. */
        private static double row(Step step, int tokens) {
            VitConfig backbone = step.shape().backbone();
            double width = backbone.width();
            double inner = backbone.ffn() == Ffn.MLP ? 2 * backbone.hidden() : 4 * backbone.hidden();
            double kept = step.mode() == TrainMode.EFFICIENT ? 1 - backbone.dropPath() : 1;
            boolean rounded = step.precision() != Precision.FP32;
            double probabilities = (double) backbone.heads() * tokens;
            if (step.mode() == TrainMode.IBOT) {
                return kept * ((rounded ? 2 : 4) * (12 * width + inner + probabilities) + (rounded ? 8 : 0) * width);
            }
            if (!rounded) {
                return kept * 4 * (8 * width + inner);
            }
            boolean fused =
                    step.precision() == Precision.FAST && (tokens < SHORTEST_EXPLICIT || tokens > LONGEST_EXPLICIT);
            return kept * (fused ? 30 * width + 2 * inner : 22 * width + 2 * inner + 2 * probabilities);
        }

        private static double heads(Step step, long globals, long locals, int tokens) {
            boolean all = step.mode() == TrainMode.IBOT;
            long patches = all ? globals * tokens : step.masked();
            return head(step, step.shape().dinoHead(), globals + locals, globals)
                    + head(step, step.shape().patchHead(), patches, patches);
        }

        /** Hidden layers, scores and their softmax with gradients, targets of the teacher, the scaled last weight. */
        private static double head(Step step, DinoHeadConfig head, long rows, long targets) {
            int bytes = step.precision() == Precision.FP32 ? 4 : 2;
            double hidden = 2.0 * bytes * head.hidden() * Math.max(0, head.layers() - 1);
            double scores = 4.0 * 4 * head.prototypes();
            return rows * (hidden + scores)
                    + 4.0 * targets * head.prototypes()
                    + 2 * 4.0 * head.prototypes() * head.bottleneck();
        }

        /** Rounded copies of the weights, which the backward pass uses again. */
        private static double casts(Step step) {
            if (step.precision() != Precision.FAST) {
                return 0;
            }
            return 2.0
                    * step.shape().layout().values().stream()
                            .flatMap(java.util.List::stream)
                            .mapToLong(ParameterSpec::count)
                            .sum();
        }
    }
}

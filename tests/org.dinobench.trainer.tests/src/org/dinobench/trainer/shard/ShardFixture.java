package org.dinobench.trainer.shard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.dinobench.core.spec.Range;
import org.dinobench.core.spec.SpecSchema;
import org.dinobench.core.spec.train.OptimSpec;
import org.dinobench.losses.DinoLoss;
import org.dinobench.losses.DinoLossSpec;
import org.dinobench.losses.IbotLossSpec;
import org.dinobench.losses.IbotPatchLoss;
import org.dinobench.losses.KoLeoLoss;
import org.dinobench.losses.KoLeoLossSpec;
import org.dinobench.losses.LossContext;
import org.dinobench.losses.LossTerm;
import org.dinobench.losses.LossValue;
import org.dinobench.losses.Reduction;
import org.dinobench.losses.SinkhornKnopp;
import org.dinobench.losses.SoftmaxCentering;
import org.dinobench.losses.StepOutput;
import org.dinobench.losses.StepOutputs;
import org.dinobench.model.DinoHeadConfig;
import org.dinobench.model.Ffn;
import org.dinobench.model.VitConfig;
import org.dinobench.torch.ComputeDevice;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.Torch;
import org.dinobench.trainer.mask.BlockMaskGenerator;
import org.dinobench.trainer.mask.MaskBatch;
import org.dinobench.trainer.mask.MaskSampler;
import org.dinobench.trainer.schedule.StepRates;
import org.dinobench.trainer.step.HeadedNetwork;
import org.dinobench.trainer.step.ModelShape;
import org.dinobench.trainer.step.Objective;
import org.dinobench.trainer.step.StepBatch;

/** A small model whose units divide by no number of ranks, every loss, and batches that can be split among ranks. */
final class ShardFixture {
    static final int IMAGES = 12;
    static final int STEPS = 8;
    static final long SEED = 7;
    static final OptimSpec OPTIM = SpecSchema.of(OptimSpec.class).defaults();

    private static final int GLOBAL = 16;
    private static final int PATCHES = 16;

    private ShardFixture() {}

    static ModelShape shape() {
        VitConfig backbone =
                new VitConfig("tiny", 36, 3, 2, 4, 4, GLOBAL, 1, Ffn.MLP, 0.1, true, 0.1, false, 0, true, 3);
        return new ModelShape(
                backbone, new DinoHeadConfig(36, 41, 47, 17, 3), Optional.of(new DinoHeadConfig(36, 39, 35, 13, 2)));
    }

    /** A wider network with heads of its own and as many prototypes. */
    static ModelShape teacherShape() {
        VitConfig backbone =
                new VitConfig("large", 48, 4, 3, 4, 4, GLOBAL, 1, Ffn.MLP, 0.1, true, 0.1, false, 0, true, 3);
        return new ModelShape(
                backbone, new DinoHeadConfig(48, 41, 31, 19, 3), Optional.of(new DinoHeadConfig(48, 39, 29, 11, 2)));
    }

    /** The frozen network of a distillation. */
    static HeadedNetwork teacher() {
        try (HeadedNetwork trained =
                HeadedNetwork.trained(teacherShape(), ScalarType.Float, ComputeDevice.CPU, SEED + 1)) {
            return trained.likeTeacher();
        }
    }

    static StepRates rates(int step) {
        return new StepRates(1e-3 * (1 + step) / STEPS, step < 2 ? 0 : 1e-3, 0.04, 0.95, 0.05);
    }

    /** Every loss; Sinkhorn for the class tokens, softmax centering for the patches: both need sums over ranks. */
    static Objective objective(int images, int parts, Reduction reduction) {
        LossContext context = new LossContext(images, 2, 2, reduction);
        return new Objective(
                List.of(
                        new DinoLoss(DinoLossSpec.DEFAULT, context),
                        new PartedKoLeo(new KoLeoLoss(KoLeoLossSpec.DEFAULT, context), parts),
                        new IbotPatchLoss(IbotLossSpec.DEFAULT)),
                new SinkhornKnopp(3, reduction),
                new SoftmaxCentering(39, 0.9, reduction));
    }

    /** The batch of a step for all ranks together. */
    static StepBatch batch(int step, int microBatch) {
        Torch.seed(1000L + 10L * step + microBatch);
        Tensor globals = torch.randn(2 * IMAGES, 3, GLOBAL, GLOBAL);
        Tensor locals = torch.randn(2 * IMAGES, 3, 8, 8);
        MaskSampler sampler = new MaskSampler(new BlockMaskGenerator(4, 4, 8), 0.5, new Range(0.3, 0.6));
        return new StepBatch(IMAGES, globals, locals, sampler.sample(2 * IMAGES, new SplittableRandom(step)));
    }

    /** One rank's images of a batch: as many as every other's, with their own number of masked patches. */
    static StepBatch part(StepBatch all, int rank, int ranks) {
        int images = IMAGES / ranks;
        long[] rows = IntStream.range(0, 2)
                .flatMap(crop -> IntStream.range(0, images).map(i -> crop * IMAGES + rank * images + i))
                .asLongStream()
                .toArray();
        boolean[] masks = new boolean[rows.length * PATCHES];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(all.masks().masks(), (int) rows[i] * PATCHES, masks, i * PATCHES, PATCHES);
        }
        Tensor index = Tensors.of(rows, rows.length);
        return new StepBatch(
                images,
                all.globals().index_select(0, index),
                all.locals().index_select(0, index),
                MaskBatch.of(rows.length, PATCHES, masks, masks.length));
    }

    /**
     * KoLeo as many ranks compute it, each among its own images, in one process: the mean over the parts of a batch.
     */
    private record PartedKoLeo(KoLeoLoss loss, int parts) implements LossTerm {
        @Override
        public Set<StepOutput> needs() {
            return loss.needs();
        }

        @Override
        public List<LossValue> compute(StepOutputs outputs) {
            if (parts == 1) {
                return loss.compute(outputs);
            }
            int images = outputs.images() / parts;
            Tensor features = outputs.globalClsFeatures();
            Tensor sum = null;
            LossValue any = null;
            for (int part = 0; part < parts; part++) {
                List<Tensor> crops = new ArrayList<>();
                for (int crop = 0; crop < 2; crop++) {
                    crops.add(features.narrow(0, (long) crop * outputs.images() + (long) part * images, images));
                }
                any = loss.compute(new StepOutputs(
                                images, 2, 2, torch.cat(Tensors.vector(crops), 0), null, null, null, null, null))
                        .get(0);
                sum = sum == null ? any.value() : sum.add(any.value());
            }
            return List.of(new LossValue(any.name(), sum.mul(new Scalar(1.0 / parts)), any.weight(), any.shownScale()));
        }
    }

    /** The largest difference of two sets of numbers. */
    static double distance(Map<String, float[]> a, Map<String, float[]> b) {
        double worst = 0;
        for (String name : a.keySet()) {
            float[] x = a.get(name);
            float[] y = b.get(name);
            if (x.length != y.length) {
                throw new AssertionError(name + ": " + Arrays.toString(x));
            }
            for (int i = 0; i < x.length; i++) {
                double difference = Math.abs(x[i] - y[i]);
                worst = difference > worst || Double.isNaN(difference) ? difference : worst;
            }
        }
        return worst;
    }
}

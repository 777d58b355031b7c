package org.dinobench.trainer.step;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.dinobench.core.spec.Range;
import org.dinobench.core.spec.SpecSchema;
import org.dinobench.core.spec.train.OptimSpec;
import org.dinobench.core.spec.train.Precision;
import org.dinobench.losses.DinoLoss;
import org.dinobench.losses.DinoLossSpec;
import org.dinobench.losses.IbotLossSpec;
import org.dinobench.losses.IbotPatchLoss;
import org.dinobench.losses.KoLeoLoss;
import org.dinobench.losses.KoLeoLossSpec;
import org.dinobench.losses.LossContext;
import org.dinobench.losses.Reduction;
import org.dinobench.losses.SinkhornKnopp;
import org.dinobench.losses.TeacherCentering;
import org.dinobench.model.DinoHeadConfig;
import org.dinobench.model.VitConfig;
import org.dinobench.torch.ComputeDevice;
import org.dinobench.torch.Torch;
import org.dinobench.trainer.mask.BlockMaskGenerator;
import org.dinobench.trainer.mask.MaskSampler;
import org.dinobench.trainer.schedule.StepRates;

/** A model small enough for tests, and random crops for it. */
final class StepFixture implements AutoCloseable {
    static final StepRates RATES = new StepRates(1e-3, 1e-3, 0.04, 0.99, 0.05);
    private static final int IMAGES = 6;

    final SelfSupervisedModel model;
    final OptimizerState optimizer;
    final Objective objective;

    StepFixture(Precision precision, double drop) {
        this(precision, drop, new SinkhornKnopp(3, Reduction.NONE), new SinkhornKnopp(3, Reduction.NONE));
    }

    /** With other centerings, of 40 prototypes each. */
    StepFixture(Precision precision, double drop, TeacherCentering dinoCentering, TeacherCentering ibotCentering) {
        VitConfig backbone = new VitConfig(
                "tiny", 32, 2, 2, 4, 4, 16, 0, org.dinobench.model.Ffn.MLP, 0.1, true, 0.1, false, drop, true, 3);
        DinoHeadConfig head = new DinoHeadConfig(32, 40, 48, 16, 3);
        ModelShape shape = new ModelShape(backbone, head, Optional.of(head));
        model = SelfSupervisedModel.pretraining(shape, precision, ComputeDevice.CPU, 7);
        optimizer = OptimizerState.of(model, SpecSchema.of(OptimSpec.class).defaults());
        LossContext context = new LossContext(IMAGES, 2, 2, Reduction.NONE);
        objective = new Objective(
                List.of(
                        new DinoLoss(DinoLossSpec.DEFAULT, context),
                        new KoLeoLoss(KoLeoLossSpec.DEFAULT, context),
                        new IbotPatchLoss(IbotLossSpec.DEFAULT)),
                dinoCentering,
                ibotCentering);
    }

    DinoTrainStep step(StepMode mode, int microBatches) {
        return new DinoTrainStep(
                model, objective, optimizer, mode, new DinoTrainStep.Settings(3, microBatches, true, false));
    }

    /** A step that is watched between its parts. */
    DinoTrainStep watched(StepMode mode, Runnable point) {
        return new DinoTrainStep(
                model,
                objective,
                new WatchedEngine(model, optimizer, point),
                mode,
                new DinoTrainStep.Settings(3, 1, true, false));
    }

    /** The same crops for the same seed. */
    static StepBatch batch(long seed) {
        Torch.seed(seed);
        Tensor globals = torch.randn(2 * IMAGES, 3, 16, 16);
        Tensor locals = torch.randn(2 * IMAGES, 3, 8, 8);
        MaskSampler sampler = new MaskSampler(new BlockMaskGenerator(4, 4, 8), 0.5, new Range(0.3, 0.6));
        return new StepBatch(IMAGES, globals, locals, sampler.sample(2 * IMAGES, new SplittableRandom(seed)));
    }

    @Override
    public void close() {
        optimizer.close();
        model.close();
    }
}

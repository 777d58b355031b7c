package org.dinobench.trainer.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.dinobench.core.job.JobMonitor;
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
import org.dinobench.model.DinoHeadConfig;
import org.dinobench.model.DropSource;
import org.dinobench.model.VitConfig;
import org.dinobench.torch.ComputeDevice;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Torch;
import org.dinobench.trainer.mask.MaskBatch;
import org.dinobench.trainer.schedule.StepRates;
import org.dinobench.trainer.step.DinoTrainStep;
import org.dinobench.trainer.step.ModelShape;
import org.dinobench.trainer.step.Objective;
import org.dinobench.trainer.step.OptimizerState;
import org.dinobench.trainer.step.PrecisionMode;
import org.dinobench.trainer.step.SelfSupervisedModel;
import org.dinobench.trainer.step.StepBatch;
import org.dinobench.trainer.step.StepMode;
import org.dinobench.trainer.step.StepReport;

/**
 * Times whole training steps on random crops: teacher on two global crops, student on two global crops (half of them
 * masked by 30 %) and the local ones, DINO, iBOT (own head) and KoLeo losses with Sinkhorn-Knopp, backward, clipping,
 * AdamW, moving average. A PyTorch script with the same knobs does the same work.
 */
public final class StepBench {
    private static final double MASK_RATIO = 0.3;
    private static final double CLIP = 3.0;
    private static final StepRates RATES = new StepRates(1e-4, 1e-4, 0.04, 0.992, 0.07);

    /** Runs the steps. */
    public StepFigures run(StepKnobs knobs, JobMonitor monitor) {
        Torch.start();
        Torch.setThreads(knobs.threads());
        Torch.seed(0);
        ModelShape shape = shape(knobs);
        try (PrecisionMode precision = PrecisionMode.open(knobs.precision());
                SelfSupervisedModel model =
                        SelfSupervisedModel.pretraining(shape, knobs.precision(), ComputeDevice.CPU, 0);
                OptimizerState optimizer =
                        OptimizerState.of(model, SpecSchema.of(OptimSpec.class).defaults());
                TensorScope scope = TensorScope.open()) {
            StepMode mode = knobs.stepMode();
            DinoTrainStep.Settings settings = new DinoTrainStep.Settings(CLIP, knobs.accumulation(), false, false);
            if (!knobs.off().contains(StepSwitch.FLAT_BUFFERS)) {
                return measure(
                        knobs,
                        new DinoTrainStep(model, objective(knobs), optimizer, mode, settings),
                        batch(knobs),
                        monitor);
            }
            try (ParameterwiseEngine engine = new ParameterwiseEngine(model)) {
                return measure(
                        knobs,
                        new DinoTrainStep(model, objective(knobs), engine, mode, settings),
                        batch(knobs),
                        monitor);
            }
        }
    }

    private static StepFigures measure(StepKnobs knobs, DinoTrainStep step, StepBatch batch, JobMonitor monitor) {
        double[] times = new double[knobs.steps()];
        double cpuBefore = 0;
        double loss = 0;
        double norm = 0;
        monitor.begin("Measuring steps", knobs.warmup() + (long) knobs.steps());
        for (int i = 0; i < knobs.warmup() + knobs.steps(); i++) {
            monitor.checkStopped();
            if (i == knobs.warmup()) {
                cpuBefore = ProcessMeter.cpuSeconds();
            }
            long start = System.nanoTime();
            StepReport report = step.run(micro -> batch, RATES, DropSource.seeded(i));
            double seconds = (System.nanoTime() - start) * 1e-9;
            loss = report.totalLoss();
            norm = Math.sqrt(report.gradientNorms().values().stream()
                    .mapToDouble(one -> one * one)
                    .sum());
            if (i >= knobs.warmup()) {
                times[i - knobs.warmup()] = seconds;
            }
            monitor.worked(1);
        }
        double cpu = (ProcessMeter.cpuSeconds() - cpuBefore) / knobs.steps();
        Arrays.sort(times);
        double median = times[times.length / 2];
        return new StepFigures(
                median, cpu, knobs.batch() * knobs.accumulation() / median, ProcessMeter.peakRssMib(), loss, norm);
    }

    private static ModelShape shape(StepKnobs knobs) {
        VitConfig backbone = VitConfig.preset("--arch", knobs.arch(), knobs.patch(), knobs.size())
                .withDropPath(knobs.drop(), true);
        DinoHeadConfig head =
                new DinoHeadConfig(backbone.width(), knobs.prototypes(), knobs.hidden(), knobs.bottleneck(), 3);
        return new ModelShape(backbone, head, Optional.of(head));
    }

    private static Objective objective(StepKnobs knobs) {
        LossContext context = new LossContext(knobs.batch(), 2, knobs.locals(), Reduction.NONE);
        return new Objective(
                List.of(
                        new DinoLoss(DinoLossSpec.DEFAULT, context),
                        new KoLeoLoss(KoLeoLossSpec.DEFAULT, context),
                        new IbotPatchLoss(IbotLossSpec.DEFAULT)),
                new SinkhornKnopp(SinkhornKnopp.DEFAULT_ITERATIONS, Reduction.NONE),
                new SinkhornKnopp(SinkhornKnopp.DEFAULT_ITERATIONS, Reduction.NONE));
    }

    private static StepBatch batch(StepKnobs knobs) {
        int crops = 2 * knobs.batch();
        Tensor globals = torch.randn(crops, 3, knobs.size(), knobs.size());
        Tensor locals = knobs.locals() == 0
                ? null
                : torch.randn((long) knobs.locals() * knobs.batch(), 3, knobs.local(), knobs.local());
        int grid = knobs.size() / knobs.patch();
        return new StepBatch(knobs.batch(), globals, locals, masks(crops, grid * grid));
    }

    private static MaskBatch masks(int crops, int patches) {
        boolean[] masks = new boolean[crops * patches];
        SplittableRandom random = new SplittableRandom(0);
        int target = (int) (patches * MASK_RATIO);
        for (int crop = 0; crop < crops / 2; crop++) {
            int masked = 0;
            while (masked < target) {
                int patch = crop * patches + random.nextInt(patches);
                if (!masks[patch]) {
                    masks[patch] = true;
                    masked++;
                }
            }
        }
        return MaskBatch.of(crops, patches, masks, crops / 2 * target);
    }

    /** Precisions that this build measures on processors. */
    public static List<Precision> precisions() {
        return List.of(Precision.FP32, Precision.FAST, Precision.BF16);
    }
}

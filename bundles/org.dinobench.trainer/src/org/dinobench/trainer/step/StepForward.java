package org.dinobench.trainer.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.dinobench.losses.StepOutput;
import org.dinobench.losses.StepOutputs;
import org.dinobench.model.CropBatch;
import org.dinobench.model.DropSource;
import org.dinobench.model.VitOutput;
import org.dinobench.torch.ActivationCheckpoint;
import org.dinobench.torch.ComputeDevice;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.Torch;
import org.dinobench.trainer.mask.MaskBatch;

/** The forward passes of a step: the teacher's targets, then the student's scores. */
final class StepForward {
    private final SelfSupervisedModel model;
    private final Objective objective;
    private final StepMode mode;
    private final boolean studentSeesAll;

    /** @param studentSeesAll whether masks only choose patches for the loss (distillation) and hide nothing */
    StepForward(SelfSupervisedModel model, Objective objective, StepMode mode, boolean studentSeesAll) {
        this.model = model;
        this.objective = objective;
        this.mode = mode;
        this.studentSeesAll = studentSeesAll;
    }

    /**
     * What the teacher gives.
     *
     * @param classTokens {@code [G*B, D]} for health figures
     * @param clsTargets {@code [G*B, K]}, or null
     * @param patchTargets {@code [M, K']}, or null
     */
    record Targets(Tensor classTokens, Tensor clsTargets, Tensor patchTargets) {}

    /** Runs the teacher without recording; only the targets stay in memory. */
    Targets teach(StepBatch batch, double temperature) {
        HeadedNetwork teacher = model.teacher();
        Set<StepOutput> needs = objective.needs();
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            VitOutput seen = teacher.backbone()
                    .forward(List.of(CropBatch.of(cast(batch.globals(), teacher))), mode.teacher())
                    .get(0);
            Tensor cls = needs.contains(StepOutput.CLS_LOGITS) ? seen.classToken() : null;
            Tensor patches = needs.contains(StepOutput.MASKED_PATCH_LOGITS) ? seen.patchTokens() : null;
            Tensor[] logits = logits(teacher, cls, patches, batch.masks());
            Tensor clsTargets =
                    logits[0] == null ? null : objective.dinoCentering().targets(logits[0], temperature);
            Tensor patchTargets =
                    logits[1] == null ? null : objective.ibotCentering().targets(logits[1], temperature);
            return new Targets(
                    scope.keep(seen.classToken().clone()),
                    clsTargets == null ? null : scope.keep(clsTargets),
                    patchTargets == null ? null : scope.keep(patchTargets));
        }
    }

    /** Runs the student and pairs its scores with the targets; records for the backward pass. */
    StepOutputs study(StepBatch batch, Targets targets, DropSource drop, ActivationCheckpoint checkpoint) {
        HeadedNetwork student = model.student();
        MaskBatch masks = batch.masks();
        Tensor hidden = studentSeesAll || masks.masked() == 0
                ? null
                : Tensors.of(masks.masks(), masks.crops(), masks.patches())
                        .to(student.parameters().device().toTorch(), ScalarType.Bool);
        List<CropBatch> crops = new ArrayList<>(2);
        crops.add(new CropBatch(cast(batch.globals(), student), hidden, false));
        if (batch.locals() != null) {
            crops.add(new CropBatch(cast(batch.locals(), student), null, mode.classTokensOfLocals()));
        }
        List<VitOutput> seen = student.backbone().forward(crops, mode.student(drop, checkpoint));
        Tensor globalTokens = seen.get(0).classToken();
        Tensor cls = null;
        if (targets.clsTargets() != null) {
            cls = seen.size() == 1
                    ? globalTokens
                    : torch.cat(new TensorVector(seen.get(1).classToken(), globalTokens), 0);
        }
        Tensor patches = targets.patchTargets() == null ? null : seen.get(0).patchTokens();
        Tensor[] logits = logits(student, cls, patches, masks);
        boolean features = objective.needs().contains(StepOutput.GLOBAL_CLS_FEATURES);
        return new StepOutputs(
                batch.images(),
                batch.globalCrops(),
                batch.localCrops(),
                features ? single(globalTokens) : null,
                logits[0],
                targets.clsTargets(),
                logits[1],
                targets.patchTargets(),
                logits[1] == null
                        ? null
                        : Tensors.of(masks.weights(), masks.masked()).to(logits[1].device(), ScalarType.Float));
    }

    /** Scores of class tokens and masked patches; with a shared head in one pass. Null where the tokens are. */
    private Tensor[] logits(HeadedNetwork network, Tensor cls, Tensor patches, MaskBatch masks) {
        if (patches == null) {
            return new Tensor[] {cls == null ? null : single(network.dinoLogits(cls)), null};
        }
        Tensor all = patches.flatten(0, 1);
        Tensor index = Tensors.of(masks.indices(), masks.masked()).to(all.device(), ScalarType.Long);
        if (!mode.headsOnNeededTokens()) {
            Tensor ofAll = network.ibotLogits(all).index_select(0, index);
            return new Tensor[] {cls == null ? null : single(network.dinoLogits(cls)), single(ofAll)};
        }
        Tensor masked = all.index_select(0, index);
        if (cls != null && network.sharedHead()) {
            Tensor both = single(network.dinoLogits(torch.cat(new TensorVector(cls, masked), 0)));
            TensorVector parts = both.split_with_sizes(new long[] {cls.size(0), masked.size(0)}, 0);
            return new Tensor[] {parts.get(0), parts.get(1)};
        }
        return new Tensor[] {cls == null ? null : single(network.dinoLogits(cls)), single(network.ibotLogits(masked))};
    }

    /** Losses and statistics are computed in fp32 (or wider) whatever the network's type is. */
    private static Tensor single(Tensor values) {
        ScalarType type = values.scalar_type().intern();
        return type == ScalarType.BFloat16 || type == ScalarType.Half ? values.to(ScalarType.Float) : values;
    }

    /** In the type of a network, and where it is. */
    private static Tensor cast(Tensor images, HeadedNetwork network) {
        ScalarType type = network.parameters().type();
        ComputeDevice device = network.parameters().device();
        if (!device.equals(ComputeDevice.CPU)) {
            return images.to(device.toTorch(), type);
        }
        return images.scalar_type().intern() == type ? images : images.to(type);
    }
}

package org.dinobench.trainer.internal.loop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.model.CropBatch;
import org.dinobench.model.DinoHeadConfig;
import org.dinobench.model.ForwardOptions;
import org.dinobench.model.LoadedModel;
import org.dinobench.model.VitOutput;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.Torch;
import org.dinobench.trainer.step.HeadedNetwork;
import org.dinobench.trainer.step.ModelShape;
import org.dinobench.trainer.step.StepBatch;

/**
 * Heads for a teacher that comes without any. A token is centred by the mean of the training images' tokens and brought
 * to the bottleneck's width by a random projection, which keeps angles; the prototypes are projected tokens of the
 * training images themselves. So a target says which known tokens a token resembles: all that the teacher knows, without
 * a trained head. Depends on nothing but seed and images.
 */
final class FeatureHeads {
    private static final int MOST_BATCHES = 16;
    private static final double MIX_NOISE = 0.1;

    private final TrainSpec spec;
    private final LoadedModel teacher;
    private final Generator generator;

    private FeatureHeads(TrainSpec spec, LoadedModel teacher) {
        this.spec = spec;
        this.teacher = teacher;
        this.generator = torch.make_generator_cpu(Seeds.mix(spec.train().seed(), 0x68656164L));
    }

    /** The backbone with heads of the student's numbers of prototypes, without gradients. */
    static HeadedNetwork around(LoadedModel teacher, TrainSpec spec, FrozenTeacher.CropStreamFactory images) {
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad();
                CropStream stream = images.open()) {
            return new FeatureHeads(spec, teacher).build(stream);
        }
    }

    private HeadedNetwork build(CropStream stream) {
        int width = teacher.config().width();
        DinoHeadConfig dino = new DinoHeadConfig(
                width,
                spec.dino().headNPrototypes().orElseThrow(),
                width,
                spec.dino().headBottleneckDim(),
                1);
        int patchPrototypes =
                spec.ibot().separateHead() ? spec.ibot().headNPrototypes().orElseThrow() : dino.prototypes();
        DinoHeadConfig ibot =
                new DinoHeadConfig(width, patchPrototypes, width, spec.ibot().headBottleneckDim(), 1);
        List<Tensor> classTokens = new ArrayList<>();
        List<Tensor> patchTokens = new ArrayList<>();
        long wanted = Math.max(dino.prototypes(), ibot.prototypes());
        long rows = 0;
        for (int i = 0; i < MOST_BATCHES && rows < wanted; i++) {
            try (TensorScope scope = TensorScope.open()) {
                StepBatch batch = stream.next(i, 0);
                VitOutput seen = teacher.network()
                        .forward(List.of(CropBatch.of(batch.globals())), ForwardOptions.EVALUATION)
                        .get(0);
                classTokens.add(scope.keep(seen.classToken().clone()));
                patchTokens.add(scope.keep(
                        some(seen.patchTokens().flatten(0, 1), seen.classToken().size(0) * 4)));
                rows += seen.classToken().size(0);
            }
            stream.release();
        }
        Map<String, Tensor> state = new LinkedHashMap<>();
        teacher.parameters().state().forEach((name, value) -> state.put(ModelShape.BACKBONE + "." + name, value));
        fill(state, ModelShape.DINO_HEAD, dino, torch.cat(Tensors.vector(classTokens), 0));
        fill(state, ModelShape.IBOT_HEAD, ibot, torch.cat(Tensors.vector(patchTokens), 0));
        return FrozenTeacher.frozen(new ModelShape(teacher.config(), dino, Optional.of(ibot)), state);
    }

    private Tensor some(Tensor rows, long count) {
        Tensor order = torch.randperm(rows.size(0), new GeneratorOptional(generator), longs());
        return rows.index_select(0, order.narrow(0, 0, Math.min(count, rows.size(0))));
    }

    private void fill(Map<String, Tensor> state, String module, DinoHeadConfig head, Tensor tokens) {
        Tensor projection = normal(head.bottleneck(), head.input()).mul(new Scalar(1 / Math.sqrt(head.input())));
        Tensor mean = tokens.mean(new long[] {0}, true, new ScalarTypeOptional());
        Tensor projected = torch.mm(tokens.sub(mean), projection.t());
        state.put(module + ".mlp.weight", projection);
        state.put(module + ".mlp.bias", torch.mm(mean, projection.t()).neg().view(-1));
        state.put(module + ".last_layer.weight_g", torch.ones(head.prototypes(), 1));
        state.put(module + ".last_layer.weight_v", prototypes(unit(projected), head.prototypes()));
    }

    /** So many of the rows; where there are too few, the rest are noisy sums of two of them. */
    private Tensor prototypes(Tensor rows, long count) {
        Tensor chosen = some(rows, count);
        long missing = count - chosen.size(0);
        if (missing == 0) {
            return chosen;
        }
        Tensor mixed = drawn(rows, missing)
                .add(drawn(rows, missing))
                .add(normal(missing, rows.size(1)).mul(new Scalar(MIX_NOISE / Math.sqrt(rows.size(1)))));
        return torch.cat(Tensors.vector(List.of(chosen, unit(mixed))), 0);
    }

    private Tensor drawn(Tensor rows, long count) {
        Tensor index = torch.randint(rows.size(0), new long[] {count}, new GeneratorOptional(generator), longs());
        return rows.index_select(0, index);
    }

    private Tensor normal(long rows, long columns) {
        return torch.empty(rows, columns).normal_(0, 1, new GeneratorOptional(generator));
    }

    private static Tensor unit(Tensor rows) {
        Tensor norm = rows.mul(rows)
                .sum(new long[] {1}, true, new ScalarTypeOptional())
                .sqrt();
        return rows.div(norm.clamp_min(new Scalar(1e-12)));
    }

    private static org.bytedeco.pytorch.TensorOptions longs() {
        return new org.bytedeco.pytorch.TensorOptions(torch.ScalarType.Long);
    }
}

package org.dinobench.trainer.step;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dinobench.core.spec.train.ArchPreset;
import org.dinobench.core.spec.train.DinoSpec;
import org.dinobench.core.spec.train.FfnLayer;
import org.dinobench.core.spec.train.IbotSpec;
import org.dinobench.core.spec.train.StudentSpec;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.model.DinoHead;
import org.dinobench.model.DinoHeadConfig;
import org.dinobench.model.Ffn;
import org.dinobench.model.VisionTransformer;
import org.dinobench.model.VitConfig;
import org.dinobench.torch.ParameterSpec;

/**
 * The shapes of a backbone and its heads.
 *
 * @param backbone the vision transformer
 * @param dinoHead head of the class tokens
 * @param ibotHead head of the patches; empty when they share the head of the class tokens
 */
public record ModelShape(VitConfig backbone, DinoHeadConfig dinoHead, Optional<DinoHeadConfig> ibotHead) {
    /** Module name of the backbone's parameters. */
    public static final String BACKBONE = "backbone";
    /** Module name of the parameters of the class tokens' head. */
    public static final String DINO_HEAD = "dino_head";
    /** Module name of the parameters of the patches' own head. */
    public static final String IBOT_HEAD = "ibot_head";

    /**
     * The shapes of a specification.
     *
     * @param spec resolved
     */
    public static ModelShape of(TrainSpec spec) {
        return of(spec, backbone(spec));
    }

    /** The heads of a specification on another backbone, such as that of a larger teacher. */
    public static ModelShape of(TrainSpec spec, VitConfig backbone) {
        DinoSpec dino = spec.dino();
        DinoHeadConfig dinoHead = new DinoHeadConfig(
                backbone.width(),
                dino.headNPrototypes().orElseThrow(),
                dino.headHiddenDim(),
                dino.headBottleneckDim(),
                dino.headNlayers());
        IbotSpec ibot = spec.ibot();
        Optional<DinoHeadConfig> ibotHead = ibot.separateHead()
                ? Optional.of(new DinoHeadConfig(
                        backbone.width(),
                        ibot.headNPrototypes().orElseThrow(),
                        ibot.headHiddenDim(),
                        ibot.headBottleneckDim(),
                        ibot.headNlayers()))
                : Optional.empty();
        return new ModelShape(backbone, dinoHead, ibotHead);
    }

    private static VitConfig backbone(TrainSpec spec) {
        StudentSpec student = spec.student();
        ArchPreset preset = ArchPreset.of(student.arch());
        VitConfig config = VitConfig.preset(
                        "student.arch",
                        preset.name(),
                        student.patchSize(),
                        spec.crops().globalCropsSize())
                .withLayerScale(student.layerscale())
                .withRegisters(student.numRegisterTokens())
                .withInterpolation(student.interpolateOffset(), student.interpolateAntialias())
                .withDropPath(student.dropPathRate(), student.dropPathUniform());
        return config.withFfn(student.ffnLayer() == FfnLayer.MLP ? Ffn.MLP : Ffn.SWIGLU);
    }

    /** The head of the patches, shared or not. */
    public DinoHeadConfig patchHead() {
        return ibotHead.orElse(dinoHead);
    }

    /** All parameters by module, in storage order. */
    public Map<String, List<ParameterSpec>> layout() {
        Map<String, List<ParameterSpec>> layout = new LinkedHashMap<>();
        layout.put(BACKBONE, VisionTransformer.layout(backbone));
        layout.put(DINO_HEAD, DinoHead.layout(dinoHead));
        ibotHead.ifPresent(head -> layout.put(IBOT_HEAD, DinoHead.layout(head)));
        return layout;
    }
}

package org.dinobench.trainer.step;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.core.spec.SpecReader;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.losses.DinoLossProvider;
import org.dinobench.losses.DinoLossSpec;
import org.dinobench.losses.IbotLossSpec;
import org.dinobench.losses.IbotPatchLossProvider;
import org.dinobench.losses.KoLeoLossProvider;
import org.dinobench.losses.KoLeoLossSpec;
import org.dinobench.losses.LossContext;
import org.dinobench.losses.LossProvider;
import org.dinobench.losses.LossRegistry;
import org.dinobench.losses.LossTerm;
import org.dinobench.losses.StepOutput;
import org.dinobench.losses.TeacherCentering;
import org.dinobench.losses.TeacherCenteringProvider;

/**
 * What a run minimises: its losses and the centering of the teacher's two outputs. Keeps their state for checkpoints.
 */
public final class Objective {
    private final List<LossTerm> terms;
    private final TeacherCentering dinoCentering;
    private final TeacherCentering ibotCentering;

    /**
     * @param terms the losses
     * @param dinoCentering of the class tokens
     * @param ibotCentering of the patches
     */
    public Objective(List<LossTerm> terms, TeacherCentering dinoCentering, TeacherCentering ibotCentering) {
        this.terms = List.copyOf(terms);
        this.dinoCentering = dinoCentering;
        this.ibotCentering = ibotCentering;
    }

    /**
     * The objective of a specification: the built-in losses that have a weight, and those of the section
     * {@code losses}.
     *
     * @param spec resolved
     * @param registry losses to choose from
     * @param context facts of the run
     * @throws org.dinobench.core.problem.BadInputException for an unknown loss or a wrong configuration
     */
    public static Objective of(TrainSpec spec, LossRegistry registry, LossContext context) {
        List<LossTerm> terms = new ArrayList<>();
        if (spec.dino().lossWeight() > 0) {
            DinoLossSpec dino = new DinoLossSpec(spec.dino().lossWeight(), DinoLossSpec.DEFAULT.studentTemperature());
            terms.add(new DinoLossProvider().create(dino, context));
        }
        if (spec.dino().koleoLossWeight() > 0) {
            KoLeoLossSpec koleo =
                    new KoLeoLossSpec(spec.dino().koleoLossWeight(), KoLeoLossSpec.DEFAULT.duplicateDistance());
            terms.add(new KoLeoLossProvider().create(koleo, context));
        }
        if (spec.ibot().lossWeight() > 0) {
            IbotLossSpec ibot = new IbotLossSpec(spec.ibot().lossWeight(), IbotLossSpec.DEFAULT.studentTemperature());
            terms.add(new IbotPatchLossProvider().create(ibot, context));
        }
        terms.addAll(further(spec, registry, context));
        TeacherCenteringProvider centering = centering(spec, registry);
        ModelShape shape = ModelShape.of(spec);
        int rounds = spec.train().sinkhornIterations();
        return new Objective(
                terms,
                centering.create(shape.dinoHead().prototypes(), rounds, context.reduction()),
                centering.create(shape.patchHead().prototypes(), rounds, context.reduction()));
    }

    /**
     * Checks everything in a specification that a bundle other than this may define, before anything is computed.
     *
     * @throws org.dinobench.core.problem.BadInputException as {@link #of} does
     */
    public static void check(TrainSpec spec, LossRegistry registry, LossContext context) {
        further(spec, registry, context);
        centering(spec, registry);
    }

    private static TeacherCenteringProvider centering(TrainSpec spec, LossRegistry registry) {
        return registry.centering(spec.train().centering().name().toLowerCase(Locale.ROOT));
    }

    private static List<LossTerm> further(TrainSpec spec, LossRegistry registry, LossContext context) {
        List<LossTerm> terms = new ArrayList<>();
        spec.losses().forEach((id, settings) -> terms.add(further(registry.loss(id), settings, context)));
        return terms;
    }

    private static <C extends Record> LossTerm further(LossProvider<C> provider, Object settings, LossContext context) {
        Map<String, Object> tree = new LinkedHashMap<>();
        if (settings instanceof Map<?, ?> map) {
            map.forEach((key, value) -> tree.put(String.valueOf(key), value));
        }
        C configuration = SpecReader.of(provider.configurationType())
                .readTree("losses." + provider.id(), tree, provider.defaults());
        return provider.create(configuration, context);
    }

    /** The losses. */
    public List<LossTerm> terms() {
        return terms;
    }

    /** Everything that some loss needs. */
    public Set<StepOutput> needs() {
        Set<StepOutput> needs = EnumSet.noneOf(StepOutput.class);
        terms.forEach(term -> needs.addAll(term.needs()));
        return needs;
    }

    /** The centering of the class tokens. */
    public TeacherCentering dinoCentering() {
        return dinoCentering;
    }

    /** The centering of the patches. */
    public TeacherCentering ibotCentering() {
        return ibotCentering;
    }

    /** Tensors of losses and centering that a checkpoint holds, by name; restored by copying into them. */
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        dinoCentering.state().forEach((name, tensor) -> state.put("dino_centering." + name, tensor));
        ibotCentering.state().forEach((name, tensor) -> state.put("ibot_centering." + name, tensor));
        for (int i = 0; i < terms.size(); i++) {
            String prefix = "loss." + i + ".";
            terms.get(i).state().forEach((name, tensor) -> state.put(prefix + name, tensor));
        }
        return state;
    }
}

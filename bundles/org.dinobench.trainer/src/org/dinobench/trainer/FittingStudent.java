package org.dinobench.trainer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.train.ArchPreset;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.model.Ffn;
import org.dinobench.model.ModelFiles;
import org.dinobench.model.VitConfig;

/** What a specification has to say so that its student fits a model that is there; names and sizes alone are read. */
public final class FittingStudent {
    private FittingStudent() {}

    /**
     * A student that can begin with the weights of a model.
     *
     * @param spec that is to be fitted
     * @param weights a run, a checkpoint folder, a Hugging Face folder or a .pth file
     * @return {@code key=value}, only what differs
     * @throws BadInputException when there is no backbone, or one that no architecture here has
     */
    public static List<String> continuing(TrainSpec spec, Path weights) throws IOException {
        VitConfig have = ModelFiles.shape(weights);
        ArchPreset arch = ArchPreset.all().stream()
                .filter(a -> a.width() == have.width() && a.depth() == have.depth())
                .findFirst()
                .orElseThrow(() -> new BadInputException(
                        weights.toString(),
                        "no architecture here is " + have.width() + " wide with " + have.depth() + " blocks",
                        "name other weights"));
        List<String> keys = new ArrayList<>();
        if (!arch.name().equals(spec.student().arch())) {
            keys.add("student.arch=" + arch.name());
        }
        if (have.registers() != spec.student().numRegisterTokens()) {
            keys.add("student.num_register_tokens=" + have.registers());
        }
        String ffn = have.ffn() == Ffn.MLP ? "mlp" : "swiglufused";
        if (!ffn.equals(spec.student().ffnLayer().name().toLowerCase(Locale.ROOT))) {
            keys.add("student.ffn_layer=" + ffn);
        }
        keys.addAll(patches(spec, have.patch()));
        return keys;
    }

    /**
     * A student that can learn from a frozen teacher: the same patches and prototypes.
     *
     * @param spec that is to be fitted
     * @param facts of the teacher
     * @return {@code key=value}
     */
    public static List<String> learningFrom(TrainSpec spec, TeacherFacts facts) {
        List<String> keys = new ArrayList<>(patches(spec, facts.patch()));
        facts.dinoPrototypes().ifPresent(count -> keys.add("dino.head_n_prototypes=" + count));
        if (spec.ibot().separateHead()) {
            facts.ibotPrototypes().ifPresent(count -> keys.add("ibot.head_n_prototypes=" + count));
        }
        return keys;
    }

    private static List<String> patches(TrainSpec spec, int patch) {
        return patch == spec.student().patchSize()
                ? List.of()
                : List.of(
                        "student.patch_size=" + patch,
                        "crops.global_crops_size=" + multiple(spec.crops().globalCropsSize(), patch),
                        "crops.local_crops_size=" + multiple(spec.crops().localCropsSize(), patch));
    }

    private static int multiple(int size, int patch) {
        return patch * Math.max(1, Math.round((float) size / patch));
    }
}

package org.dinobench.losses;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dinobench.core.problem.BadInputException;

/**
 * The losses and centerings that a run can choose from, by their ids. In the product it is filled from the OSGi
 * services; {@link #builtIn()} has those of this bundle and needs no framework.
 */
public final class LossRegistry {
    private final Map<String, LossProvider<?>> losses = new LinkedHashMap<>();
    private final Map<String, TeacherCenteringProvider> centerings = new LinkedHashMap<>();

    /**
     * @param losses offered losses
     * @param centerings offered centerings
     * @throws IllegalArgumentException when two of a kind have the same id
     */
    public LossRegistry(
            Collection<? extends LossProvider<?>> losses, Collection<? extends TeacherCenteringProvider> centerings) {
        for (LossProvider<?> provider : losses) {
            if (this.losses.put(provider.id(), provider) != null) {
                throw new IllegalArgumentException("Two losses are called " + provider.id());
            }
        }
        for (TeacherCenteringProvider provider : centerings) {
            if (this.centerings.put(provider.id(), provider) != null) {
                throw new IllegalArgumentException("Two centerings are called " + provider.id());
            }
        }
    }

    /** DINO, iBOT, KoLeo; Sinkhorn-Knopp and softmax centering. */
    public static LossRegistry builtIn() {
        return new LossRegistry(
                List.of(new DinoLossProvider(), new IbotPatchLossProvider(), new KoLeoLossProvider()),
                List.of(new SinkhornKnoppProvider(), new SoftmaxCenteringProvider()));
    }

    /** All losses, in the order given. */
    public List<LossProvider<?>> losses() {
        return List.copyOf(losses.values());
    }

    /**
     * @param id as in {@link LossProvider#id()}
     * @throws BadInputException when no bundle offers it; the message names those that exist
     */
    public LossProvider<?> loss(String id) {
        LossProvider<?> provider = losses.get(id);
        if (provider == null) {
            throw new BadInputException(
                    "losses." + id,
                    "no bundle offers this loss",
                    "use one of " + String.join(", ", losses.keySet()) + ", or install its bundle");
        }
        return provider;
    }

    /**
     * @param id as in {@link TeacherCenteringProvider#id()}
     * @throws BadInputException when no bundle offers it; the message names those that exist
     */
    public TeacherCenteringProvider centering(String id) {
        TeacherCenteringProvider provider = centerings.get(id);
        if (provider == null) {
            throw new BadInputException(
                    "train.centering",
                    "no bundle offers the centering " + id,
                    "use one of " + String.join(", ", centerings.keySet()));
        }
        return provider;
    }
}

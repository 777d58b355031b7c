package org.dinobench.ui.losses.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.dinobench.losses.DinoLossProvider;
import org.dinobench.losses.IbotPatchLossProvider;
import org.dinobench.losses.KoLeoLossProvider;
import org.dinobench.losses.LossProvider;
import org.dinobench.ui.losses.model.FurtherLoss;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.util.tracker.ServiceTracker;

/** The losses that bundles have registered as services, beyond DINOv2's own, which have their places in the form. */
final class RegisteredLosses {
    private static final Set<String> OWN = Set.of(DinoLossProvider.ID, IbotPatchLossProvider.ID, KoLeoLossProvider.ID);

    private RegisteredLosses() {}

    /** Each of them, by name. */
    static List<FurtherLoss<?>> further() {
        BundleContext context = FrameworkUtil.getBundle(RegisteredLosses.class).getBundleContext();
        ServiceTracker<LossProvider<?>, LossProvider<?>> tracker =
                new ServiceTracker<>(context, LossProvider.class.getName(), null);
        tracker.open();
        try {
            List<LossProvider<?>> providers =
                    new ArrayList<>(tracker.getTracked().values());
            providers.removeIf(provider -> OWN.contains(provider.id()));
            providers.sort(Comparator.comparing(LossProvider::id));
            List<FurtherLoss<?>> losses = new ArrayList<>();
            providers.forEach(provider -> losses.add(loss(provider)));
            return losses;
        } finally {
            tracker.close();
        }
    }

    private static <C extends Record> FurtherLoss<C> loss(LossProvider<C> provider) {
        return new FurtherLoss<>(provider);
    }
}

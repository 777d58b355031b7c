package org.dinobench.app.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.dinobench.losses.LossProvider;
import org.dinobench.losses.LossRegistry;
import org.dinobench.losses.TeacherCenteringProvider;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.util.tracker.ServiceTracker;

/** The losses and centerings that are registered as services, whichever bundles they come from. */
final class LossServices {
    private static final long PATIENCE_MILLIS = 5000;

    private LossServices() {}

    /** All of them; outside a framework, as in plain tests, the built-in ones. */
    static LossRegistry find() {
        Bundle bundle = FrameworkUtil.getBundle(LossServices.class);
        if (bundle == null) {
            return LossRegistry.builtIn();
        }
        BundleContext context = bundle.getBundleContext();
        return new LossRegistry(
                LossServices.<LossProvider<?>>registered(context, LossProvider.class),
                LossServices.<TeacherCenteringProvider>registered(context, TeacherCenteringProvider.class));
    }

    /** Services in the order in which their bundles registered them; waits until there is one. */
    private static <S> Collection<S> registered(BundleContext context, Class<?> type) {
        ServiceTracker<S, S> tracker = new ServiceTracker<>(context, type.getName(), null);
        tracker.open();
        try {
            tracker.waitForService(PATIENCE_MILLIS);
            List<S> services = new ArrayList<>(tracker.getTracked().values());
            if (services.isEmpty()) {
                throw new IllegalStateException("No " + type.getSimpleName() + " is registered as a service");
            }
            return services;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while looking for " + type.getSimpleName(), e);
        } finally {
            tracker.close();
        }
    }
}

package org.dinobench.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.util.tracker.ServiceTracker;

/** What bundles have registered as services, whichever bundles these are. */
final class RegisteredServices {
    private static final long PATIENCE_MILLIS = 5000;

    private RegisteredServices() {}

    /**
     * All services of a kind, in the order in which they were registered; waits until there is one.
     *
     * @param type of the services; {@code S} is this type with its own type arguments
     * @return empty outside a framework, as in plain tests
     */
    static <S> Optional<List<S>> of(Class<?> type) {
        Bundle bundle = FrameworkUtil.getBundle(RegisteredServices.class);
        if (bundle == null) {
            return Optional.empty();
        }
        ServiceTracker<S, S> tracker = new ServiceTracker<>(bundle.getBundleContext(), type.getName(), null);
        tracker.open();
        try {
            tracker.waitForService(PATIENCE_MILLIS);
            List<S> services = new ArrayList<>(tracker.getTracked().values());
            if (services.isEmpty()) {
                throw new IllegalStateException("No " + type.getSimpleName() + " is registered as a service");
            }
            return Optional.of(services);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while looking for " + type.getSimpleName(), e);
        } finally {
            tracker.close();
        }
    }
}

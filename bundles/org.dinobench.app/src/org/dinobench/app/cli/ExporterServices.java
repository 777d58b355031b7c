package org.dinobench.app.cli;

import java.util.ArrayList;
import java.util.List;
import org.dinobench.evaluation.export.Exporter;
import org.dinobench.evaluation.export.Exporters;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.util.tracker.ServiceTracker;

/** The exporters that are registered as services, whoever registered them. */
final class ExporterServices {
    private static final long PATIENCE_MILLIS = 5000;

    private ExporterServices() {}

    /** All of them; outside a framework, as in plain tests, the built-in ones. */
    static Exporters find() {
        Bundle bundle = FrameworkUtil.getBundle(ExporterServices.class);
        if (bundle == null) {
            return Exporters.standard();
        }
        ServiceTracker<Exporter, Exporter> tracker =
                new ServiceTracker<>(bundle.getBundleContext(), Exporter.class, null);
        tracker.open();
        try {
            tracker.waitForService(PATIENCE_MILLIS);
            List<Exporter> found = new ArrayList<>(tracker.getTracked().values());
            if (found.isEmpty()) {
                throw new IllegalStateException("No exporter is registered");
            }
            return new Exporters(found);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while looking for exporters", e);
        } finally {
            tracker.close();
        }
    }
}

package org.dinobench.app.cli;

import org.dinobench.evaluation.export.Exporter;
import org.dinobench.evaluation.export.Exporters;

/** The exporters that are registered as services, whoever registered them. */
final class ExporterServices {
    private ExporterServices() {}

    /** All of them; outside a framework, as in plain tests, the built-in ones. */
    static Exporters find() {
        return RegisteredServices.<Exporter>of(Exporter.class)
                .map(Exporters::new)
                .orElseGet(Exporters::standard);
    }
}

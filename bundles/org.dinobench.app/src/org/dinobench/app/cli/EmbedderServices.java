package org.dinobench.app.cli;

import org.dinobench.curator.embed.EmbedderProvider;
import org.dinobench.curator.embed.Embedders;

/** The embedders that are registered as services, whoever registered them. */
final class EmbedderServices {
    private EmbedderServices() {}

    /** All of them; outside a framework, as in plain tests, the built-in ones. */
    static Embedders find() {
        return RegisteredServices.<EmbedderProvider>of(EmbedderProvider.class)
                .map(Embedders::new)
                .orElseGet(Embedders::standard);
    }
}

package org.dinobench.ui.common.workspace;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.dinobench.core.catalog.Catalog;
import org.dinobench.core.catalog.CatalogFilter;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.workspace.DatasetDirectory;
import org.dinobench.ui.common.Messages;
import org.dinobench.ui.common.parts.Words;
import org.eclipse.osgi.util.NLS;

/** Numbers of images of datasets, asked for again only when a catalog has changed. */
final class DatasetCounts {
    private static final Duration PATIENCE = Duration.ofMillis(300);

    /**
     * What is known of a catalog.
     *
     * @param stamp the catalog's stamp when it was asked
     * @param note its size in words
     * @param problem why it could not be read, empty when it could
     */
    record Known(long stamp, String note, String problem) {}

    private final Map<Path, Known> known = new HashMap<>();

    Known ask(DatasetDirectory dataset, long stamp) {
        Known last = known.get(dataset.folder());
        if (last != null && last.stamp() == stamp) {
            return last;
        }
        try {
            long images = new Catalog(dataset.catalogFile(), PATIENCE).count(CatalogFilter.OK);
            String note = NLS.bind(Messages.Scan_Images, Words.count(images));
            Known fresh = new Known(stamp, note, ""); // $NON-NLS-1$
            known.put(dataset.folder(), fresh);
            return fresh;
        } catch (IOException | BadInputException e) {
            // a worker is writing to it, or it is broken: it is asked again at the next look
            return last != null ? last : new Known(0, Messages.Scan_Busy, e.getMessage());
        }
    }
}

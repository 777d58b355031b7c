package org.dinobench.ui.evaluation.wizard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.dinobench.evaluation.export.Exporter;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** The formats that models can be exported to: one for each exporter that any bundle registers. */
final class Formats {
    /**
     * A format as dialogs show it.
     *
     * @param name its name on the command line
     * @param title one phrase
     * @param suffix usual ending of the file, empty for folders
     */
    record Format(String name, String title, String suffix) {}

    private Formats() {}

    static List<Format> all() {
        BundleContext context = FrameworkUtil.getBundle(Formats.class).getBundleContext();
        List<Format> formats = new ArrayList<>();
        try {
            Collection<ServiceReference<Exporter>> found = context.getServiceReferences(Exporter.class, null);
            for (ServiceReference<Exporter> reference : found) {
                Exporter exporter = context.getService(reference);
                if (exporter != null) {
                    formats.add(new Format(exporter.format(), exporter.title(), exporter.suffix()));
                    context.ungetService(reference);
                }
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("no filter was given", e); // $NON-NLS-1$
        }
        formats.sort(
                Comparator.comparing((Format f) -> !"hf".equals(f.name())).thenComparing(Format::name)); // $NON-NLS-1$
        return formats;
    }
}

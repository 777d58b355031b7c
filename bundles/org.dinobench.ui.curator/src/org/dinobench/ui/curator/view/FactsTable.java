package org.dinobench.ui.curator.view;

import java.util.ArrayList;
import java.util.List;
import org.dinobench.core.catalog.CatalogEntry;
import org.dinobench.ui.common.properties.Facts;
import org.dinobench.ui.curator.Messages;
import org.dinobench.ui.curator.model.DatasetContent;
import org.dinobench.ui.curator.model.ImageElement;
import org.dinobench.ui.curator.model.ImageFacts;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.TableItem;

/** What is known of an image, one fact a line. */
final class FactsTable {
    private static final int LEAST = 120;

    private final Table table;

    FactsTable(Composite parent) {
        table = new Table(parent, SWT.FULL_SELECTION | SWT.BORDER);
        TableColumn name = new TableColumn(table, SWT.NONE);
        TableColumn value = new TableColumn(table, SWT.NONE);
        name.setText(Messages.Inspector_Property);
        value.setText(Messages.Inspector_Value);
        table.addListener(SWT.Resize, e -> {
            name.pack();
            value.setWidth(Math.max(LEAST, table.getClientArea().width - name.getWidth()));
        });
    }

    /** Shows an image. @param content its dataset, null while that is not read */
    void show(ImageElement image, DatasetContent content) {
        List<Facts.Fact> all = new ArrayList<>(ImageFacts.list(image));
        if (content != null) {
            all.addAll(ofCluster(image.entry(), content));
        }
        table.setRedraw(false);
        table.removeAll();
        for (Facts.Fact fact : all) {
            if (!fact.value().isEmpty()) {
                new TableItem(table, SWT.NONE).setText(new String[] {fact.name(), fact.value()});
            }
        }
        table.setRedraw(true);
        table.notifyListeners(SWT.Resize, new Event());
    }

    private static List<Facts.Fact> ofCluster(CatalogEntry entry, DatasetContent content) {
        List<Facts.Fact> facts = new ArrayList<>();
        Double near = content.nearness().get(entry.id());
        if (near != null) {
            facts.add(new Facts.Fact(
                    Messages.Fact_Curation, Messages.Fact_Nearness, String.format("%.3f", near))); // $NON-NLS-1$
        }
        if (entry.cluster().isPresent()) {
            String name = content.clusterNames().get(entry.cluster().getAsInt());
            if (name != null) {
                facts.add(new Facts.Fact(Messages.Fact_Curation, Messages.Fact_ClusterName, name));
            }
        }
        return facts;
    }

    /** Why an image is in or out, in a sentence. */
    static String story(ImageElement image) {
        CatalogEntry entry = image.entry();
        if (!image.decodes()) {
            return NLS.bind(Messages.Inspector_Broken, entry.problem());
        }
        String reason = entry.reason().isEmpty() ? Messages.Inspector_NoReason : entry.reason();
        if (entry.decidedByPerson()) {
            return NLS.bind(entry.keep() ? Messages.Inspector_InByPerson : Messages.Inspector_OutByPerson, reason);
        }
        return NLS.bind(entry.keep() ? Messages.Inspector_In : Messages.Inspector_Out, reason);
    }

    /** {@return the facts as name=value, for tests} */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (TableItem item : table.getItems()) {
            lines.add(item.getText(0) + "=" + item.getText(1)); // $NON-NLS-1$
        }
        return lines;
    }
}

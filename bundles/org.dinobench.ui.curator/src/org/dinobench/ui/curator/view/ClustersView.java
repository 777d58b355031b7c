package org.dinobench.ui.curator.view;

import org.dinobench.ui.common.parts.EmptyState;
import org.dinobench.ui.common.parts.Words;
import org.dinobench.ui.common.theme.Icons;
import org.dinobench.ui.curator.Messages;
import org.dinobench.ui.curator.model.Cluster;
import org.dinobench.ui.curator.model.DatasetContent;
import org.eclipse.core.runtime.ILog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.IViewPart;
import org.eclipse.ui.PartInitException;

/** The clusters of a dataset as cards. */
public final class ClustersView extends DatasetView {
    /** The view's id. */
    public static final String ID = "org.dinobench.ui.curator.clusters"; // $NON-NLS-1$

    private Label summary;
    private ClusterCards cards;

    @Override
    Control createMain(Composite parent) {
        Composite main = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 0).applyTo(main);
        summary = new Label(main, SWT.NONE);
        GridDataFactory.fillDefaults().grab(true, false).indent(12, 10).applyTo(summary);
        cards = new ClusterCards(main, this::open);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(cards);
        getSite().setSelectionProvider(cards);
        return main;
    }

    @Override
    Icons icon() {
        return Icons.CLUSTERS;
    }

    @Override
    boolean fill(DatasetContent content) {
        cards.show(content);
        long images =
                content.clusters().stream().mapToLong(c -> c.images().size()).sum();
        summary.setText(NLS.bind(
                Messages.Clusters_Summary, Words.count(content.clusters().size()), Words.count(images)));
        return !content.clusters().isEmpty();
    }

    @Override
    void explain(EmptyState state, String dataset) {
        state.say(Messages.Clusters_None, NLS.bind(Messages.Clusters_NoneText, dataset));
    }

    @Override
    String helpContext() {
        return "org.dinobench.ui.curator.clusters"; //$NON-NLS-1$
    }

    /** {@return number of cards, for tests} */
    public int cards() {
        return cards.cards().size();
    }

    private void open(Cluster cluster) {
        try {
            IViewPart view = getSite().getPage().showView(ThumbnailsView.ID);
            ((ThumbnailsView) view).showCluster(cluster.number());
        } catch (PartInitException e) {
            ILog.of(ClustersView.class).error("The thumbnails could not be opened", e); // $NON-NLS-1$
        }
    }
}

package org.dinobench.ui.curator.view;

import java.util.List;
import org.dinobench.core.workspace.DatasetDirectory;
import org.dinobench.ui.common.parts.AccessibleName;
import org.dinobench.ui.common.parts.EmptyState;
import org.dinobench.ui.common.parts.Words;
import org.dinobench.ui.common.theme.Icons;
import org.dinobench.ui.curator.Messages;
import org.dinobench.ui.curator.model.Cluster;
import org.dinobench.ui.curator.model.DatasetContent;
import org.dinobench.ui.curator.review.ClusterTitle;
import org.dinobench.ui.curator.review.ReviewOperation;
import org.eclipse.core.runtime.ILog;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.action.Separator;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.IViewPart;
import org.eclipse.ui.IWorkbenchActionConstants;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.operations.UndoRedoActionGroup;

/** The clusters of a dataset as cards. */
public final class ClustersView extends DatasetView {
    /** The view's id. */
    public static final String ID = "org.dinobench.ui.curator.clusters"; // $NON-NLS-1$

    private Label summary;
    private ClusterCards cards;
    private DatasetContent content;

    @Override
    Control createMain(Composite parent) {
        Composite main = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 0).applyTo(main);
        summary = new Label(main, SWT.NONE);
        GridDataFactory.fillDefaults().grab(true, false).indent(12, 10).applyTo(summary);
        cards = new ClusterCards(main, this::open);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(cards);
        AccessibleName.set(
                cards,
                () -> cards.chosen() == null
                        ? getPartName()
                        : NLS.bind(
                                Messages.Clusters_Accessible,
                                ClusterTitle.of(cards.chosen()),
                                Words.count(cards.chosen().images().size())));
        getSite().setSelectionProvider(cards);
        MenuManager menu = new MenuManager();
        menu.add(new Separator(IWorkbenchActionConstants.MB_ADDITIONS));
        cards.setMenu(menu.createContextMenu(cards));
        getSite().registerContextMenu(menu, cards);
        new UndoRedoActionGroup(getSite(), ReviewOperation.context(), true)
                .fillActionBars(getViewSite().getActionBars());
        return main;
    }

    @Override
    Icons icon() {
        return Icons.CLUSTERS;
    }

    @Override
    boolean fill(DatasetContent newContent) {
        content = newContent;
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

    /** {@return the clusters that commands work on: the chosen one first, then the marked ones} */
    public List<Cluster> picked() {
        return cards.picked();
    }

    /** {@return the dataset's clusters, the largest first} */
    public List<Cluster> clusters() {
        return cards.cards();
    }

    /** {@return the dataset, null when none is shown} */
    public DatasetDirectory dataset() {
        return content == null ? null : content.dataset();
    }

    /** Takes all marks away. */
    public void unmark() {
        cards.unmarkAll();
    }

    /** Shows the images of a cluster among the thumbnails. */
    public void open(Cluster cluster) {
        try {
            IViewPart view = getSite().getPage().showView(ThumbnailsView.ID);
            ((ThumbnailsView) view).showCluster(cluster.number());
        } catch (PartInitException e) {
            ILog.of(ClustersView.class).error("The thumbnails could not be opened", e); // $NON-NLS-1$
        }
    }
}

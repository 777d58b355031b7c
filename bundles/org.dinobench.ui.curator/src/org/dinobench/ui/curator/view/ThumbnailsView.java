package org.dinobench.ui.curator.view;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dinobench.ui.common.grid.ThumbnailGrid;
import org.dinobench.ui.common.parts.EmptyState;
import org.dinobench.ui.common.parts.ViewStack;
import org.dinobench.ui.common.parts.Words;
import org.dinobench.ui.common.prefs.Settings;
import org.dinobench.ui.common.theme.Icons;
import org.dinobench.ui.curator.Messages;
import org.dinobench.ui.curator.model.CuratorModel;
import org.dinobench.ui.curator.model.DatasetContent;
import org.dinobench.ui.curator.model.ImageElement;
import org.dinobench.ui.curator.model.ImageQuery;
import org.dinobench.ui.curator.model.Likeness;
import org.dinobench.ui.curator.model.PictureLoader;
import org.dinobench.ui.curator.review.PictureKeys;
import org.dinobench.ui.curator.review.ReviewOperation;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.action.Separator;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.IWorkbenchActionConstants;
import org.eclipse.ui.operations.UndoRedoActionGroup;

/** The images of a dataset as thumbnails, with filters, orders and zoom. */
public final class ThumbnailsView extends DatasetView {
    /** The view's id. */
    public static final String ID = "org.dinobench.ui.curator.thumbnails"; // $NON-NLS-1$

    private static final int QUERY_DELAY_MILLIS = 120;

    private ThumbnailsBar bar;
    private ThumbnailGrid grid;
    private ViewStack below;
    private EmptyState noMatch;
    private DatasetContent content;
    private ImageQuery shownQuery;
    private Likeness shownLikeness;
    private Job query;

    @Override
    Control createMain(Composite parent) {
        Composite main = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 0).applyTo(main);
        bar = new ThumbnailsBar(main, this::search);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(bar);
        below = new ViewStack(main);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(below);
        noMatch = new EmptyState(below, Icons.THUMBNAILS);
        noMatch.say(Messages.Thumbnails_NoneMatch, Messages.Thumbnails_NoneMatchText);
        noMatch.action(Messages.Thumbnails_ClearFilter, bar::clear);
        grid = new ThumbnailGrid(below, SWT.NONE, new PictureLoader(), Settings.threads());
        grid.setAccessibleName(getPartName());
        grid.setCellSize(Settings.cellSize());
        bar.linkZoom(grid);
        grid.addListener(SWT.Dispose, e -> Settings.setCellSize(grid.cellSize()));
        grid.addSelectionChangedListener(e -> count());
        grid.onOpen(element -> InspectorView.show(getSite().getPage(), (ImageElement) element));
        getSite().setSelectionProvider(grid);
        PictureKeys.attach(getSite(), grid);
        MenuManager menu = new MenuManager();
        menu.add(new Separator(IWorkbenchActionConstants.MB_ADDITIONS));
        grid.setMenu(menu.createContextMenu(grid));
        getSite().registerContextMenu(menu, grid);
        new UndoRedoActionGroup(getSite(), ReviewOperation.context(), true)
                .fillActionBars(getViewSite().getActionBars());
        below.show(grid);
        CuratorModel.shared().followFocus(grid, () -> {
            bar.setFocused(!CuratorModel.shared().focus().isEmpty());
            search();
        });
        return main;
    }

    @Override
    Icons icon() {
        return Icons.THUMBNAILS;
    }

    @Override
    boolean fill(DatasetContent newContent) {
        boolean other = content == null || !content.dataset().equals(newContent.dataset());
        content = newContent;
        bar.setLabels(newContent.labels(), other);
        search();
        return !newContent.images().isEmpty();
    }

    @Override
    void explain(EmptyState state, String dataset) {
        state.say(Messages.Dataset_None, Messages.Dataset_NoneText);
    }

    @Override
    String helpContext() {
        return "org.dinobench.ui.curator.thumbnails"; //$NON-NLS-1$
    }

    /**
     * Shows the images of one cluster.
     *
     * @param cluster its number
     */
    public void showCluster(int cluster) {
        bar.setCluster(cluster);
    }

    /** {@return the grid, for tests} */
    public ThumbnailGrid grid() {
        return grid;
    }

    /** {@return the filters, for tests} */
    public ThumbnailsBar bar() {
        return bar;
    }

    /** Sorting a large dataset takes longer than a frame: it is done beside the UI thread. */
    private void search() {
        if (content == null) {
            return;
        }
        if (query != null) {
            query.cancel();
        }
        ImageQuery wanted = bar.query();
        DatasetContent of = content;
        Set<Long> focus = CuratorModel.shared().focus();
        Likeness likeness = CuratorModel.shared().likeness().orElse(null);
        Display display = grid.getDisplay();
        query = Job.createSystem(
                "thumbnails",
                monitor -> { //$NON-NLS-1$
                    List<ImageElement> found = ordered(wanted.of(focused(of.images(), focus)), likeness);
                    if (!monitor.isCanceled() && !display.isDisposed()) {
                        display.asyncExec(() -> {
                            if (!grid.isDisposed()
                                    && of == content
                                    && wanted.equals(bar.query())
                                    && focus.equals(CuratorModel.shared().focus())
                                    && likeness
                                            == CuratorModel.shared().likeness().orElse(null)) {
                                show(wanted, of, found, likeness);
                            }
                        });
                    }
                    return Status.OK_STATUS;
                });
        query.schedule(shownQuery == null ? 0 : QUERY_DELAY_MILLIS);
    }

    private static List<ImageElement> focused(List<ImageElement> all, Set<Long> focus) {
        return focus.isEmpty()
                ? all
                : all.stream().filter(i -> focus.contains(i.entry().id())).toList();
    }

    /** Images that were looked for because they are like one come in the order of their likeness. */
    private static List<ImageElement> ordered(List<ImageElement> found, Likeness likeness) {
        return likeness == null
                ? found
                : found.stream()
                        .sorted(Comparator.comparingDouble((ImageElement i) ->
                                -likeness.similarity().getOrDefault(i.entry().id(), 0.0)))
                        .toList();
    }

    private void show(ImageQuery wanted, DatasetContent of, List<ImageElement> found, Likeness likeness) {
        boolean sameQuery = wanted.equals(shownQuery) && likeness == shownLikeness;
        shownLikeness = likeness;
        int top = grid.top();
        shownQuery = wanted;
        Set<Long> selected = new HashSet<>();
        for (Object element : grid.getStructuredSelection()) {
            selected.add(((ImageElement) element).entry().id());
        }
        grid.setModel(new ImageGridModel(of, found, likeness == null ? Map.of() : likeness.similarity()));
        reselect(selected, found);
        grid.scrollTo(sameQuery ? top : 0);
        below.show(found.isEmpty() ? noMatch : grid);
        count();
    }

    /** After a decision the images are the same and know more: what was selected stays selected. */
    private void reselect(Set<Long> ids, List<ImageElement> found) {
        if (!ids.isEmpty()) {
            List<ImageElement> again =
                    found.stream().filter(i -> ids.contains(i.entry().id())).toList();
            if (!again.isEmpty()) {
                grid.setSelection(new StructuredSelection(again));
            }
        }
    }

    private void count() {
        int size = grid.model().size();
        int selected = grid.getStructuredSelection().size();
        String text = selected > 1
                ? NLS.bind(Messages.Thumbnails_CountSelected, Words.count(size), Words.count(selected))
                : NLS.bind(Messages.Thumbnails_Count, Words.count(size));
        bar.setCount(
                shownLikeness == null
                        ? text
                        : NLS.bind(Messages.Similar_Count, shownLikeness.image().name(), text));
    }

    @Override
    void themeChanged() {
        grid.redraw();
    }
}

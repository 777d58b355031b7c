package org.dinobench.ui.curator.view;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.curator.map.EmbeddingMap;
import org.dinobench.curator.map.EmbeddingTable;
import org.dinobench.ui.common.parts.EmptyState;
import org.dinobench.ui.common.parts.ViewStack;
import org.dinobench.ui.common.parts.Words;
import org.dinobench.ui.common.theme.Icons;
import org.dinobench.ui.common.worker.WorkerJob;
import org.dinobench.ui.common.worker.WorkerRequest;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.dinobench.ui.curator.Messages;
import org.dinobench.ui.curator.model.CuratorModel;
import org.dinobench.ui.curator.model.DatasetContent;
import org.dinobench.ui.curator.model.ImageElement;
import org.dinobench.ui.curator.review.PictureKeys;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.ISelection;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.ISelectionListener;
import org.eclipse.ui.IWorkbenchPart;

/**
 * The images of a dataset as points of a plane, alike ones near each other. What is chosen here narrows the thumbnails;
 * what is chosen among them is marked here.
 */
public final class MapView extends DatasetView {
    /** The view's id. */
    public static final String ID = "org.dinobench.ui.curator.map"; // $NON-NLS-1$

    private final ImageSelection provider = new ImageSelection();
    private Combo method;
    private Combo colour;
    private Label count;
    private ViewStack below;
    private EmptyState noMap;
    private MapCanvas canvas;
    private DatasetContent content;
    private MapPoints points;
    private String shown = ""; // $NON-NLS-1$

    @Override
    Control createMain(Composite parent) {
        Composite main = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 0).applyTo(main);
        Composite bar = new Composite(main, SWT.NONE);
        GridLayoutFactory.fillDefaults()
                .numColumns(4)
                .margins(8, 6)
                .spacing(8, 4)
                .applyTo(bar);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(bar);
        method = combo(bar, List.of(Messages.Map_Pca, Messages.Map_Tsne));
        method.setToolTipText(Messages.Map_Method);
        method.addListener(SWT.Selection, e -> read());
        colour = combo(
                bar, Arrays.stream(Colouring.values()).map(Colouring::title).toList());
        colour.setToolTipText(Messages.Map_Colour);
        colour.addListener(SWT.Selection, e -> recolour());
        Button lasso = new Button(bar, SWT.CHECK);
        lasso.setText(Messages.Map_Lasso);
        lasso.setToolTipText(Messages.Map_LassoTip);
        count = new Label(bar, SWT.RIGHT);
        GridDataFactory.fillDefaults()
                .grab(true, false)
                .align(SWT.FILL, SWT.CENTER)
                .applyTo(count);
        below = new ViewStack(main);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(below);
        noMap = new EmptyState(below, Icons.MAP);
        noMap.action(Messages.Map_Compute, this::compute);
        canvas = new MapCanvas(below, this::choose);
        canvas.setToolTipText(null);
        PictureKeys.attach(getSite(), canvas);
        lasso.addListener(SWT.Selection, e -> canvas.setLasso(lasso.getSelection()));
        getSite().setSelectionProvider(provider);
        ISelectionListener marks = this::mark;
        getSite().getPage().addPostSelectionListener(marks);
        main.addListener(SWT.Dispose, e -> getSite().getPage().removePostSelectionListener(marks));
        CuratorModel.shared().followFocus(canvas, () -> {
            if (CuratorModel.shared().focus().isEmpty()) {
                canvas.mark(new BitSet());
                count();
            }
        });
        return main;
    }

    private static Combo combo(Composite parent, List<String> items) {
        Combo combo = new Combo(parent, SWT.READ_ONLY | SWT.DROP_DOWN);
        combo.setItems(items.toArray(String[]::new));
        combo.select(0);
        GridDataFactory.swtDefaults().align(SWT.FILL, SWT.CENTER).applyTo(combo);
        return combo;
    }

    @Override
    Icons icon() {
        return Icons.MAP;
    }

    @Override
    boolean fill(DatasetContent newContent) {
        if (content == null || !content.dataset().equals(newContent.dataset())) {
            points = null;
            shown = ""; // $NON-NLS-1$
        }
        content = newContent;
        try {
            if (EmbeddingTable.embedders(newContent.dataset().folder()).isEmpty()) {
                return false;
            }
        } catch (IOException e) {
            return false;
        }
        read();
        return true;
    }

    @Override
    void explain(EmptyState state, String dataset) {
        state.say(NLS.bind(Messages.Map_None, dataset), Messages.Map_NoneText);
    }

    @Override
    String helpContext() {
        return ID;
    }

    /** Makes or reads the map in the background; when it is the one that is shown, only images are joined anew. */
    private void read() {
        DatasetContent of = content;
        boolean tsne = method.getSelectionIndex() == 1;
        Display display = canvas.getDisplay();
        if (points == null) {
            noMap.say(NLS.bind(Messages.Map_Reading, CuratorModel.shared().name()), ""); // $NON-NLS-1$
            below.show(noMap);
        }
        Job job =
                Job.create(NLS.bind(Messages.Map_Reading, CuratorModel.shared().name()), monitor -> {
                    MapPoints made = null;
                    String problem = ""; // $NON-NLS-1$
                    try {
                        made = make(of, tsne);
                    } catch (IOException | BadInputException e) {
                        problem = e.getMessage();
                    }
                    MapPoints result = made;
                    String why = problem;
                    if (!display.isDisposed()) {
                        display.asyncExec(() -> fill(of, tsne, result, why));
                    }
                    return Status.OK_STATUS;
                });
        job.setSystem(true);
        job.schedule();
    }

    private static MapPoints make(DatasetContent of, boolean tsne) throws IOException {
        Path embedder = EmbeddingTable.embedders(of.dataset().folder()).get(0);
        if (tsne) {
            Path file = EmbeddingMap.tsneFile(
                    of.dataset().folder(), embedder.getFileName().toString());
            return Files.isRegularFile(file) ? MapPoints.of(of, EmbeddingMap.read(file)) : null;
        }
        EmbeddingTable table = EmbeddingTable.read(embedder);
        return table.rows() == 0 ? null : MapPoints.of(of, EmbeddingMap.ofComponents(table));
    }

    private void fill(DatasetContent of, boolean tsne, MapPoints made, String problem) {
        if (canvas.isDisposed() || of != content || tsne != (method.getSelectionIndex() == 1)) {
            return;
        }
        points = made;
        if (made != null) {
            shown = tsne ? Messages.Map_Tsne : Messages.Map_Pca;
            recolour();
            below.show(canvas);
        } else {
            shown = ""; // $NON-NLS-1$
            String name = CuratorModel.shared().name();
            if (problem.isEmpty()) {
                noMap.say(NLS.bind(Messages.Map_NoTsne, name), Messages.Map_NoTsneText);
            } else {
                noMap.say(NLS.bind(Messages.Map_Broken, name), problem);
            }
            below.show(noMap);
        }
        count();
    }

    private void recolour() {
        if (points != null) {
            canvas.show(points, Colouring.values()[Math.max(0, colour.getSelectionIndex())].of(points));
        }
    }

    private void compute() {
        String name = CuratorModel.shared().name();
        new WorkerJob(new WorkerRequest(
                        NLS.bind(Messages.Map_Job, name),
                        List.of(
                                "map", //$NON-NLS-1$
                                "--dataset", //$NON-NLS-1$
                                name,
                                "--workspace", //$NON-NLS-1$
                                ActiveWorkspace.get().root().toString())))
                .schedule();
    }

    private void choose(BitSet chosen) {
        List<ImageElement> images = new ArrayList<>();
        Set<Long> ids = new HashSet<>();
        chosen.stream().forEach(i -> {
            images.add(points.images().get(i));
            ids.add(points.images().get(i).entry().id());
        });
        // one point is a look at an image, several are a choice to work on
        CuratorModel.shared().setFocus(ids.size() > 1 ? ids : Set.of());
        provider.set(images);
        count();
    }

    private void mark(IWorkbenchPart part, ISelection selection) {
        if (part == this || points == null || !(selection instanceof IStructuredSelection structured)) {
            return;
        }
        Set<Long> ids = new HashSet<>();
        for (Object element : structured) {
            if (element instanceof ImageElement image && Objects.equals(image.dataset(), content.dataset())) {
                ids.add(image.entry().id());
            }
        }
        if (!ids.isEmpty()) {
            BitSet marked = new BitSet();
            for (int i = 0; i < points.size(); i++) {
                marked.set(i, ids.contains(points.images().get(i).entry().id()));
            }
            canvas.mark(marked);
            count();
        }
    }

    private void count() {
        int size = points == null ? 0 : points.size();
        int chosen = canvas.selected().cardinality();
        count.setText(
                size == 0
                        ? "" //$NON-NLS-1$
                        : chosen == 0
                                ? NLS.bind(Messages.Map_Count, Words.count(size))
                                : NLS.bind(Messages.Map_CountChosen, Words.count(chosen), Words.count(size)));
        count.setToolTipText(Messages.Map_Hint);
        count.getParent().layout();
    }

    @Override
    void themeChanged() {
        canvas.invalidate();
    }

    /** {@return which map is shown, empty for none} */
    public String shownMap() {
        return shown;
    }

    /** {@return the words in place of a map, empty when there is one} */
    public String noMapWords() {
        return below.shown() == noMap ? noMap.words() : ""; // $NON-NLS-1$
    }

    /** Chooses t-SNE or principal components, as a person would. */
    public void choose(boolean tsne) {
        method.select(tsne ? 1 : 0);
        read();
    }

    /** Colours the points by a column, as a person would. */
    void colour(Colouring by) {
        colour.select(by.ordinal());
        recolour();
    }

    /** Colours the points by how near they are to the centre of their cluster, as a person would. */
    public void colourByNearness() {
        colour(Colouring.NEARNESS);
    }

    /** {@return the picture, for tests} */
    MapCanvas canvas() {
        return canvas;
    }
}

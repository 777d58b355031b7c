package org.dinobench.ui.evaluation.look;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.ui.common.parts.EmptyState;
import org.dinobench.ui.common.parts.ViewStack;
import org.dinobench.ui.common.theme.Icons;
import org.dinobench.ui.common.theme.Themes;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.dinobench.ui.common.workspace.ItemKind;
import org.dinobench.ui.common.workspace.ModelSource;
import org.dinobench.ui.common.workspace.PictureFile;
import org.dinobench.ui.common.workspace.WorkspaceSnapshot;
import org.dinobench.ui.evaluation.Messages;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.ISelection;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.ISelectionListener;
import org.eclipse.ui.IWorkbenchPart;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.part.ViewPart;

/**
 * What a model sees in the selected images: where its class token, or a clicked patch, looks; or all patches by their
 * first three principal components, jointly over the images. A second model can be shown beside it.
 */
public final class LookView extends ViewPart {
    /** The view's id. */
    public static final String ID = "org.dinobench.ui.evaluation.look"; // $NON-NLS-1$

    private static final int MOST_IMAGES = 24;

    private final ISelectionListener onSelection = this::selected;
    private ViewStack stack;
    private EmptyState empty;
    private Composite main;
    private LookBar bar;
    private ViewStack below;
    private SashForm attention;
    private SashForm pictures;
    private HeadsCanvas heads;
    private SashForm components;
    private final List<Side> sides = new ArrayList<>();
    private List<PictureFile> images = List.of();
    private ModelSource wanted;
    private Query query = Query.CLASS;

    /** One of the two models. */
    private record Side(OpenModel model, AttentionCanvas canvas, ComponentsCanvas components) {}

    /** Looks with other models from now on, for tests. */
    void lookThrough(ModelEye.Opener other) {
        sides.forEach(side -> side.model().openBy(other));
    }

    @Override
    public void createPartControl(Composite parent) {
        stack = new ViewStack(parent);
        empty = new EmptyState(stack, Icons.ATTENTION);
        empty.action(Messages.Look_ShowThumbnails, this::showThumbnails);
        main = new Composite(stack, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 0).applyTo(main);
        bar = new LookBar(main);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(bar);
        below = new ViewStack(main);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(below);
        attention = new SashForm(below, SWT.HORIZONTAL);
        pictures = new SashForm(attention, SWT.HORIZONTAL);
        components = new SashForm(below, SWT.HORIZONTAL);
        for (int i = 0; i < 2; i++) {
            sides.add(new Side(
                    new OpenModel(stack.getDisplay(), NetworkEye::open),
                    new AttentionCanvas(pictures, this::ask),
                    new ComponentsCanvas(components)));
        }
        heads = new HeadsCanvas(attention, head -> {
            bar.setHead(head);
            showMaps();
        });
        attention.setWeights(3, 2);
        bar.link(this::look, this::showMaps);
        stack.addListener(SWT.Dispose, e -> sides.forEach(s -> s.model().close()));
        getSite().getPage().addPostSelectionListener(onSelection);
        PlatformUI.getWorkbench().getHelpSystem().setHelp(parent, ID);
        Themes.onChange(stack, () -> stack.redraw(0, 0, stack.getSize().x, stack.getSize().y, true));
        look();
        if (ActiveWorkspace.isOpen()) {
            ActiveWorkspace.get().follow(stack, this::workspaceChanged);
        }
        selected(null, getSite().getPage().getSelection());
    }

    private void showThumbnails() {
        try {
            getSite().getPage().showView("org.dinobench.ui.curator.thumbnails"); // $NON-NLS-1$
        } catch (org.eclipse.ui.PartInitException e) {
            org.eclipse.core.runtime.ILog.of(LookView.class)
                    .error("The thumbnails could not be opened", e); // $NON-NLS-1$
        }
    }

    private void workspaceChanged(WorkspaceSnapshot snapshot) {
        List<ModelSource> models = new ArrayList<>();
        if (wanted != null) {
            models.add(wanted);
        }
        for (ItemKind kind : List.of(ItemKind.RUN, ItemKind.EXPORT)) {
            snapshot.of(kind).forEach(item -> ModelSource.of(item)
                    .filter(m -> !models.contains(m))
                    .ifPresent(models::add));
        }
        boolean none = bar.first().isEmpty();
        bar.setModels(models, none ? wanted : bar.first().orElse(wanted));
        if (none) {
            look();
        }
    }

    private void selected(IWorkbenchPart part, ISelection selection) {
        if (part == this) {
            return;
        }
        List<PictureFile> chosen = PictureFile.of(selection);
        if (!chosen.isEmpty()) {
            show(chosen);
        } else if (selection instanceof IStructuredSelection structured) {
            ModelSource.of(structured).ifPresent(this::show);
        }
    }

    /**
     * Looks at other images.
     *
     * @param chosen the first one is shown by attention, all by components
     */
    public void show(List<PictureFile> chosen) {
        List<PictureFile> now = chosen.subList(0, Math.min(MOST_IMAGES, chosen.size()));
        if (!now.equals(images)) {
            images = List.copyOf(now);
            query = Query.CLASS;
            look();
        }
    }

    /**
     * Looks with another model.
     *
     * @param model the model
     */
    public void show(ModelSource model) {
        if (!model.equals(bar.first().orElse(null))) {
            wanted = model;
            WorkspaceSnapshot snapshot =
                    ActiveWorkspace.isOpen() ? ActiveWorkspace.get().snapshot() : WorkspaceSnapshot.EMPTY;
            workspaceChanged(snapshot);
            bar.setModels(modelsWith(model, snapshot), model);
            look();
        }
    }

    private static List<ModelSource> modelsWith(ModelSource model, WorkspaceSnapshot snapshot) {
        List<ModelSource> models = new ArrayList<>(List.of(model));
        snapshot.items()
                .forEach(item ->
                        ModelSource.of(item).filter(m -> !models.contains(m)).ifPresent(models::add));
        return models;
    }

    private void ask(Query newQuery) {
        query = newQuery;
        showMaps();
    }

    /** Runs the chosen models on the chosen images. */
    private void look() {
        if (bar.first().isEmpty()) {
            empty.say(Messages.Look_NoModel, Messages.Look_NoModelText);
            stack.show(empty);
            return;
        }
        if (images.isEmpty()) {
            empty.say(Messages.Look_NoImage, Messages.Look_NoImageText);
            stack.show(empty);
            return;
        }
        stack.show(main);
        boolean two = bar.second().isPresent();
        one(sides.get(0), bar.first().get());
        bar.second().ifPresent(model -> one(sides.get(1), model));
        boolean maps = bar.attention();
        pictures.setMaximizedControl(two ? null : sides.get(0).canvas());
        components.setMaximizedControl(two ? null : sides.get(0).components());
        below.show(maps ? attention : components);
        main.layout();
    }

    private void one(Side side, ModelSource model) {
        if (bar.attention()) {
            side.canvas().setTitle(model.name());
            int block = bar.block();
            Path file = images.get(0).file();
            side.model()
                    .ask(model, eye -> new Answer(eye.blocks(), eye.heads(), eye.look(file, block)), (answer, why) -> {
                        if (!stack.isDisposed()) {
                            side.canvas().show(answer == null ? null : answer.look(), why);
                            if (answer != null && side == sides.get(0)) {
                                bar.setShape(answer.blocks(), answer.heads());
                            }
                            showMaps();
                        }
                    });
        } else {
            side.components().say(NLS.bind(Messages.Look_Computing, images.size()), false);
            List<Path> files = images.stream().map(PictureFile::file).toList();
            boolean foreground = bar.foreground();
            side.model().ask(model, eye -> eye.components(files, foreground, JobMonitor.NONE), (pairs, why) -> {
                if (stack.isDisposed()) {
                    return;
                }
                if (pairs == null) {
                    side.components().say(why, true);
                } else {
                    side.components().show(pairs);
                }
            });
        }
    }

    private record Answer(int blocks, int heads, ImageLook look) {}

    /** Shows what was computed, by the head, the query and the cover that are chosen now. */
    private void showMaps() {
        for (Side side : sides) {
            ImageLook look = side.canvas().look();
            int head = look != null && bar.head() >= look.heads() ? -1 : bar.head();
            side.canvas().ask(query, head, bar.cover());
        }
        heads.show(sides.get(0).canvas().look(), query, bar.head());
    }

    /** {@return whether attention maps are shown, for tests} */
    public boolean looking() {
        return sides.get(0).canvas().look() != null;
    }

    /** {@return number of pairs of images and components that are shown, for tests} */
    public int pairs() {
        return sides.get(0).components().pairs();
    }

    /** Chooses attention or components, as a person would. */
    public void choose(boolean maps) {
        bar.choose(maps);
    }

    /** {@return the token that is asked, for tests} */
    public Query query() {
        return query;
    }

    /** {@return the large picture, for tests} */
    AttentionCanvas canvas() {
        return sides.get(0).canvas();
    }

    /** {@return the words of the state without an image or model, empty when there are both} */
    public String emptyWords() {
        return stack.shown() == empty ? empty.words() : ""; // $NON-NLS-1$
    }

    @Override
    public void setFocus() {
        if (stack.shown() == empty) {
            empty.setFocus();
        } else {
            sides.get(0).canvas().setFocus();
        }
    }

    @Override
    public void dispose() {
        getSite().getPage().removePostSelectionListener(onSelection);
        super.dispose();
    }
}

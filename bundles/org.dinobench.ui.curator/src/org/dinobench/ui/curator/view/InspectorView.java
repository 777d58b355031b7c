package org.dinobench.ui.curator.view;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.imaging.BrokenImageException;
import org.dinobench.ui.common.parts.EmptyState;
import org.dinobench.ui.common.parts.ViewStack;
import org.dinobench.ui.common.theme.Icons;
import org.dinobench.ui.curator.Messages;
import org.dinobench.ui.curator.model.DatasetContent;
import org.dinobench.ui.curator.model.ImageElement;
import org.dinobench.ui.curator.model.Likeness;
import org.dinobench.ui.curator.model.SimilarImages;
import org.dinobench.ui.curator.review.PictureKeys;
import org.dinobench.ui.curator.review.ReviewOperation;
import org.dinobench.ui.curator.review.SimilarHandler;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.ISelection;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.ISelectionListener;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchPart;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.operations.UndoRedoActionGroup;

/**
 * The image that is selected anywhere: its pixels, what is known of it, why it is in or out, and the images that are
 * nearest to it in the embedding.
 */
public final class InspectorView extends DatasetView {
    /** The view's id. */
    public static final String ID = "org.dinobench.ui.curator.inspector"; // $NON-NLS-1$

    private static final int NEIGHBOURS = 24;

    private final ImageSelection provider = new ImageSelection();
    private ViewStack inside;
    private EmptyState noImage;
    private Composite body;
    private PixelCanvas pixels;
    private Label pixel;
    private Label title;
    private Label why;
    private FactsTable facts;
    private Label neighbourWords;
    private NeighbourCards neighbours;
    private DatasetContent content;
    private ImageElement image;

    @Override
    Control createMain(Composite parent) {
        inside = new ViewStack(parent);
        noImage = new EmptyState(inside, Icons.IMAGE);
        noImage.say(Messages.Inspector_None, Messages.Inspector_NoneText);
        body = new Composite(inside, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 0).applyTo(body);
        SashForm parts = new SashForm(body, SWT.VERTICAL);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(parts);
        createPicture(parts);
        createFacts(parts);
        parts.setWeights(55, 45);
        inside.show(noImage);
        getSite().setSelectionProvider(provider);
        ISelectionListener follow = this::follow;
        getSite().getPage().addPostSelectionListener(follow);
        inside.addListener(SWT.Dispose, e -> getSite().getPage().removePostSelectionListener(follow));
        new UndoRedoActionGroup(getSite(), ReviewOperation.context(), true)
                .fillActionBars(getViewSite().getActionBars());
        return inside;
    }

    private void createPicture(Composite parent) {
        Composite picture = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults()
                .numColumns(4)
                .margins(6, 4)
                .spacing(6, 4)
                .applyTo(picture);
        title = new Label(picture, SWT.NONE);
        GridDataFactory.fillDefaults()
                .grab(true, false)
                .hint(120, SWT.DEFAULT)
                .align(SWT.FILL, SWT.CENTER)
                .applyTo(title);
        button(picture, Messages.Inspector_Fit, Messages.Inspector_FitTip, () -> pixels.fit());
        button(picture, Messages.Inspector_Actual, Messages.Inspector_ActualTip, () -> pixels.actual());
        button(picture, Messages.Inspector_Similar, Messages.Inspector_SimilarTip, this::similar);
        pixels = new PixelCanvas(picture, words -> pixel.setText(words.isEmpty() ? Messages.Inspector_Hint : words));
        GridDataFactory.fillDefaults().span(4, 1).grab(true, true).applyTo(pixels);
        PictureKeys.attach(getSite(), pixels);
        pixel = new Label(picture, SWT.NONE);
        pixel.setText(Messages.Inspector_Hint);
        GridDataFactory.fillDefaults().span(4, 1).grab(true, false).applyTo(pixel);
    }

    private static void button(Composite parent, String text, String tip, Runnable action) {
        Button button = new Button(parent, SWT.PUSH);
        button.setText(text);
        button.setToolTipText(tip);
        button.addListener(SWT.Selection, e -> action.run());
    }

    private void createFacts(Composite parent) {
        Composite below = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().margins(6, 4).spacing(6, 4).applyTo(below);
        why = new Label(below, SWT.WRAP);
        GridDataFactory.fillDefaults().grab(true, false).hint(200, SWT.DEFAULT).applyTo(why);
        SashForm sides = new SashForm(below, SWT.HORIZONTAL);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(sides);
        facts = new FactsTable(sides);
        Composite near = new Composite(sides, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 2).applyTo(near);
        neighbourWords = new Label(near, SWT.WRAP);
        GridDataFactory.fillDefaults().grab(true, false).hint(120, SWT.DEFAULT).applyTo(neighbourWords);
        neighbours = new NeighbourCards(near, this::inspect);
        neighbours.addSelectionChangedListener(e -> {
            if (e.getSelection() instanceof IStructuredSelection some
                    && some.getFirstElement() instanceof ImageElement chosen) {
                provider.set(List.of(chosen));
            }
        });
        GridDataFactory.fillDefaults().grab(true, true).applyTo(neighbours);
        PictureKeys.attach(getSite(), neighbours);
    }

    @Override
    Icons icon() {
        return Icons.IMAGE;
    }

    @Override
    boolean fill(DatasetContent newContent) {
        boolean other = content == null || !content.dataset().equals(newContent.dataset());
        content = newContent;
        if (image != null) {
            ImageElement now =
                    other ? null : newContent.image(image.entry().id()).orElse(null);
            if (now == null) {
                image = null;
                inside.show(noImage);
            } else {
                image = now;
                provider.set(List.of(now));
                showFacts();
                readNeighbours();
            }
        }
        return !newContent.images().isEmpty();
    }

    @Override
    void explain(EmptyState state, String dataset) {
        state.say(Messages.Dataset_None, Messages.Dataset_NoneText);
    }

    @Override
    String helpContext() {
        return ID;
    }

    private void follow(IWorkbenchPart part, ISelection selection) {
        if (part != this
                && selection instanceof IStructuredSelection structured
                && structured.getFirstElement() instanceof ImageElement first
                && !first.equals(image)) {
            inspect(first);
        }
    }

    /**
     * Opens the inspector on an image.
     *
     * @param page where
     * @param image the image
     */
    static void show(IWorkbenchPage page, ImageElement image) {
        try {
            ((InspectorView) page.showView(ID)).inspect(image);
        } catch (PartInitException e) {
            ILog.of(InspectorView.class).error("The inspector could not be opened", e); // $NON-NLS-1$
        }
    }

    /** Shows an image. @param shown the image */
    public void inspect(ImageElement shown) {
        boolean same = image != null
                && image.dataset().equals(shown.dataset())
                && image.entry().hash().equals(shown.entry().hash())
                && image.entry().id() == shown.entry().id();
        image = shown;
        provider.set(List.of(shown));
        inside.show(body);
        showFacts();
        if (!same) {
            pixels.show(null, shown.name());
            readPixels();
            readNeighbours();
        }
    }

    private void showFacts() {
        title.setText(image.name());
        title.setToolTipText(image.entry().file().toString());
        why.setText(FactsTable.story(image));
        facts.show(image, content);
        why.getParent().layout(true, true);
    }

    private void readPixels() {
        ImageElement of = image;
        Display display = pixels.getDisplay();
        Job.createSystem(
                        "pixels",
                        monitor -> { // $NON-NLS-1$
                            PixelPyramid read = null;
                            String problem = ""; // $NON-NLS-1$
                            try {
                                read = PixelPyramid.read(of);
                            } catch (BrokenImageException e) {
                                problem = e.getMessage();
                            }
                            PixelPyramid result = read;
                            String words = problem;
                            if (!display.isDisposed()) {
                                display.asyncExec(() -> {
                                    if (!pixels.isDisposed() && of == image) {
                                        pixels.show(result, of.name());
                                        pixel.setText(
                                                result == null
                                                        ? words
                                                        : result.reduced()
                                                                ? Messages.Inspector_Reduced
                                                                : Messages.Inspector_Hint);
                                    }
                                });
                            }
                            return Status.OK_STATUS;
                        })
                .schedule();
    }

    private void readNeighbours() {
        ImageElement of = image;
        DatasetContent in = content;
        if (in == null || !in.dataset().equals(of.dataset())) {
            return;
        }
        Display display = pixels.getDisplay();
        Job.createSystem(
                        "neighbours",
                        monitor -> { // $NON-NLS-1$
                            List<NeighbourCards.Neighbour> found = List.of();
                            String problem = ""; // $NON-NLS-1$
                            try {
                                found = joined(in, of, new SimilarImages(in).to(of, NEIGHBOURS));
                            } catch (IOException | BadInputException e) {
                                problem = e.getMessage();
                            }
                            List<NeighbourCards.Neighbour> result = found;
                            String words = problem;
                            if (!display.isDisposed()) {
                                display.asyncExec(() -> {
                                    if (!neighbours.isDisposed() && of == image) {
                                        neighbours.show(in, result);
                                        neighbourWords.setText(words.isEmpty() ? Messages.Inspector_Neighbours : words);
                                        neighbourWords.getParent().layout(true, true);
                                    }
                                });
                            }
                            return Status.OK_STATUS;
                        })
                .schedule();
    }

    private static List<NeighbourCards.Neighbour> joined(DatasetContent in, ImageElement of, Likeness found) {
        Map<Long, ImageElement> byId = new HashMap<>();
        in.images().forEach(i -> byId.put(i.entry().id(), i));
        List<NeighbourCards.Neighbour> list = new ArrayList<>();
        found.similarity().forEach((id, similarity) -> {
            if (id != of.entry().id() && byId.containsKey(id)) {
                list.add(new NeighbourCards.Neighbour(byId.get(id), similarity));
            }
        });
        return list;
    }

    private void similar() {
        if (image != null) {
            SimilarHandler.show(getSite().getPage(), image);
        }
    }

    @Override
    void themeChanged() {
        pixels.redraw();
        neighbours.redraw();
    }

    /** {@return the words in place of an image, empty when one is shown} */
    public String noImageWords() {
        return inside.shown() == noImage ? noImage.words() : ""; // $NON-NLS-1$
    }

    /** {@return why the image is in or out, for tests} */
    public String whyWords() {
        return why.getText();
    }

    /** {@return number of neighbours that are shown, for tests} */
    public int neighbours() {
        return neighbours.cards().size();
    }

    /** {@return what is said of neighbours or of why there are none, for tests} */
    public String neighbourWords() {
        return neighbourWords.getText();
    }

    /** {@return what is under the pointer, for tests} */
    public String pixelWords() {
        return pixel.getText();
    }

    /** {@return facts in lines, for tests} */
    public List<String> factLines() {
        return facts.lines();
    }

    /** {@return the picture, for tests} */
    PixelCanvas pixels() {
        return pixels;
    }
}

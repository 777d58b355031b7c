package org.dinobench.ui.trainer.wizard;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.train.CropsSpec;
import org.dinobench.core.workspace.Workspace;
import org.dinobench.imaging.augment.CropBox;
import org.dinobench.imaging.augment.CropPlan;
import org.dinobench.ui.common.parts.AccessibleName;
import org.dinobench.ui.common.parts.Pixels;
import org.dinobench.ui.common.theme.Palette;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.dinobench.ui.trainer.Messages;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;

/** An image of the dataset with the places of its crops, and beside it the crops. They are made in the background. */
public final class CropPreview extends Composite {
    private static final int GAP = 8;
    private static final int QUIET_MILLIS = 150;

    private final Canvas canvas;
    private final Label words;
    private final List<Image> crops = new ArrayList<>();
    private Image image;
    private PreviewCrops shown;
    private String problem = ""; // $NON-NLS-1$
    private String dataset = ""; // $NON-NLS-1$
    private CropsSpec spec;
    private long number;
    private long draw;
    private Job job;

    CropPreview(Composite parent) {
        super(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(3).margins(12, 0).applyTo(this);
        words = new Label(this, SWT.NONE);
        GridDataFactory.fillDefaults()
                .grab(true, false)
                .align(SWT.FILL, SWT.CENTER)
                .applyTo(words);
        button(Messages.Preview_Again, () -> draw++);
        button(Messages.Preview_Other, () -> number++);
        canvas = new Canvas(this, SWT.DOUBLE_BUFFERED | SWT.BORDER);
        GridDataFactory.fillDefaults().span(3, 1).grab(true, true).applyTo(canvas);
        canvas.addListener(SWT.Paint, e -> paint(e.gc));
        AccessibleName.set(canvas, () -> Messages.Preview_Name + ": " + words.getText()); // $NON-NLS-1$
        addListener(SWT.Dispose, e -> {
            if (job != null) {
                job.cancel();
            }
            forget();
        });
    }

    private void button(String text, Runnable change) {
        Button button = new Button(this, SWT.PUSH);
        button.setText(text);
        button.addListener(SWT.Selection, e -> {
            change.run();
            make();
        });
    }

    /** Shows the crops of an image of a dataset; nothing happens when these are shown already. */
    void show(String datasetName, CropsSpec crops) {
        if (!datasetName.equals(dataset) || !crops.equals(spec)) {
            dataset = datasetName;
            spec = crops;
            make();
        }
    }

    private void make() {
        if (job != null) {
            job.cancel();
        }
        if (dataset.isEmpty()) {
            told(null, Messages.NewRun_NoDataset);
            return;
        }
        Workspace workspace = ActiveWorkspace.get().workspace();
        String name = dataset;
        CropsSpec crops = spec;
        long which = number;
        long time = draw;
        job = new Job(Messages.Preview_Job) {
            @Override
            protected IStatus run(IProgressMonitor monitor) {
                PreviewCrops made = null;
                String trouble = ""; // $NON-NLS-1$
                try {
                    made = PreviewCrops.of(workspace, name, crops, which, time);
                } catch (IOException | BadInputException e) {
                    trouble = e.getMessage();
                }
                if (!monitor.isCanceled() && !isDisposed()) {
                    PreviewCrops result = made;
                    String why = trouble;
                    getDisplay().asyncExec(() -> {
                        if (!isDisposed() && job == this) {
                            told(result, why);
                        }
                    });
                }
                return Status.OK_STATUS;
            }
        };
        job.setSystem(true);
        job.schedule(QUIET_MILLIS);
    }

    private void told(PreviewCrops made, String trouble) {
        forget();
        shown = made;
        problem = trouble;
        if (made != null) {
            image = new Image(getDisplay(), Pixels.of(made.image()));
            made.crops().forEach(crop -> crops.add(new Image(getDisplay(), Pixels.of(crop))));
            words.setText(NLS.bind(Messages.Preview_Words, new Object[] {
                made.name(), made.image().width(), made.image().height(), crops.size()
            }));
        } else {
            words.setText(""); // $NON-NLS-1$
        }
        canvas.redraw();
    }

    private void forget() {
        if (image != null) {
            image.dispose();
            image = null;
        }
        crops.forEach(Image::dispose);
        crops.clear();
    }

    private void paint(GC gc) {
        Palette palette = Palette.of(this);
        Rectangle area = canvas.getClientArea();
        gc.setBackground(palette.canvas());
        gc.fillRectangle(area);
        gc.setAntialias(SWT.ON);
        if (image == null) {
            gc.setForeground(palette.subtle());
            String text = problem.isEmpty() ? Messages.Preview_Wait : problem;
            gc.drawText(text, GAP, GAP, true);
            return;
        }
        int height = area.height - 2 * GAP;
        Rectangle whole = fit(image.getBounds(), new Rectangle(GAP, GAP, Math.min(area.width / 3, height), height));
        gc.setInterpolation(SWT.HIGH);
        put(gc, image, whole);
        List<CropPlan> plans = shown.plans();
        double scale = (double) whole.width / image.getBounds().width;
        for (int i = 0; i < plans.size(); i++) {
            CropBox box = plans.get(i).box();
            gc.setForeground(palette.category(i));
            gc.setLineWidth(i < 2 ? 2 : 1);
            gc.drawRectangle(
                    whole.x + (int) (box.x() * scale),
                    whole.y + (int) (box.y() * scale),
                    (int) (box.width() * scale) - 1,
                    (int) (box.height() * scale) - 1);
        }
        crops(gc, palette, new Rectangle(whole.x + whole.width + 2 * GAP, GAP, area.width, height), area.width);
    }

    /** Two large ones, then the small ones in rows, at sizes that keep their proportion where there is room. */
    private void crops(GC gc, Palette palette, Rectangle area, int right) {
        int room = right - GAP - area.x;
        int local = crops.size() - 2;
        int big = Math.min(area.height, Math.max(40, (int) (room * (local > 0 ? 0.3 : 0.48))));
        int x = area.x;
        for (int i = 0; i < 2; i++) {
            framed(gc, palette, i, new Rectangle(x, area.y, big, big));
            x += big + GAP;
        }
        if (local < 1) {
            return;
        }
        int rows = 1;
        int columns = local;
        int side = 0;
        for (int r = 1; r <= local; r++) {
            int c = (local + r - 1) / r;
            int s = Math.min((right - x - c * GAP) / c, (area.height - (r - 1) * GAP) / r);
            if (s > side) {
                side = s;
                rows = r;
                columns = c;
            }
        }
        side = Math.min(Math.max(side, 8), Math.max(24, big / 2));
        for (int i = 0; i < local && i < rows * columns; i++) {
            framed(
                    gc,
                    palette,
                    i + 2,
                    new Rectangle(x + i % columns * (side + GAP), area.y + i / columns * (side + GAP), side, side));
        }
    }

    private void framed(GC gc, Palette palette, int index, Rectangle place) {
        put(gc, crops.get(index), place);
        gc.setForeground(palette.category(index));
        gc.setLineWidth(2);
        gc.drawRectangle(place.x, place.y, place.width - 1, place.height - 1);
    }

    private static void put(GC gc, Image picture, Rectangle place) {
        Rectangle b = picture.getBounds();
        gc.drawImage(picture, 0, 0, b.width, b.height, place.x, place.y, place.width, place.height);
    }

    private static Rectangle fit(Rectangle picture, Rectangle place) {
        double scale = Math.min((double) place.width / picture.width, (double) place.height / picture.height);
        return new Rectangle(place.x, place.y, Math.max(1, (int) (picture.width * scale)), Math.max(1, (int)
                (picture.height * scale)));
    }

    /** {@return number of crops that are shown} */
    public int shownCrops() {
        return crops.size();
    }

    /** {@return why nothing is shown, empty when something is or will be} */
    public String problem() {
        return problem;
    }

    /** {@return a size of the crops that are shown: the side of the first one; 0 without crops} */
    public int shownSide() {
        return crops.isEmpty() ? 0 : crops.get(0).getBounds().width;
    }
}

package org.dinobench.app.workbench.tour;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dinobench.imaging.Resampler;
import org.dinobench.imaging.RgbImage;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.PaletteData;
import org.eclipse.swt.graphics.RGB;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;

/** Photographs windows as the screen shows them, at four fifths of their size. */
final class Camera {
    private static final double SCALE = 0.8;

    private final Display display;
    private final Path folder;

    Camera(Display display, Path folder) throws IOException {
        this.display = display;
        this.folder = Files.createDirectories(folder);
    }

    /** Lets the event loop turn for a while, so that windows are laid out and background work arrives. */
    void settle(int millis) {
        long end = System.nanoTime() + millis * 1_000_000L;
        boolean[] over = {false};
        display.timerExec(millis, () -> over[0] = true);
        while (!over[0] || System.nanoTime() < end) {
            if (!display.readAndDispatch()) {
                display.sleep();
            }
        }
    }

    void take(Shell shell, String name) throws IOException {
        // a mouse that rests on a control would make it glow or explain itself
        display.setCursorLocation(display.getBounds().width - 1, display.getBounds().height - 1);
        settle(300);
        Rectangle area = frame(shell).intersection(display.getBounds());
        Image image = new Image(display, area.width, area.height);
        GC gc = new GC(display);
        gc.copyArea(image, area.x, area.y);
        gc.dispose();
        ImageData data = image.getImageData();
        image.dispose();
        RgbImage pixels = pixels(data);
        RgbImage small = new Resampler()
                .resize(pixels, (int) Math.round(pixels.width() * SCALE), (int) Math.round(pixels.height() * SCALE));
        PalettePng.write(small, folder.resolve(name + ".png")); // $NON-NLS-1$
        System.out.println("Took " + name + ".png"); // $NON-NLS-1$ //$NON-NLS-2$
    }

    /** What the window manager has drawn of a window; the bounds that the toolkit knows are some pixels larger. */
    private Rectangle frame(Shell shell) {
        if (shell.getMaximized()) {
            return display.getBounds();
        }
        Rectangle bounds = shell.getBounds();
        Rectangle inside = display.map(shell, null, shell.getClientArea());
        return new Rectangle(
                bounds.x, bounds.y, inside.x + inside.width - bounds.x, inside.y + inside.height - bounds.y);
    }

    private static RgbImage pixels(ImageData data) {
        PaletteData palette = data.palette;
        byte[] rgb = new byte[3 * data.width * data.height];
        int at = 0;
        for (int y = 0; y < data.height; y++) {
            for (int x = 0; x < data.width; x++) {
                RGB colour = palette.getRGB(data.getPixel(x, y));
                rgb[at++] = (byte) colour.red;
                rgb[at++] = (byte) colour.green;
                rgb[at++] = (byte) colour.blue;
            }
        }
        return new RgbImage(data.width, data.height, rgb);
    }
}

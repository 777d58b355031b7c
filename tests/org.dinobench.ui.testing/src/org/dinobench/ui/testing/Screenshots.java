package org.dinobench.ui.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.ImageLoader;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Control;

/** Pictures of controls as artifacts of a test, in {@code target/screenshots}, or in the folder that a property names. */
public final class Screenshots {
    private static final String FOLDER = "dinobench.screenshots";

    private Screenshots() {}

    /** Takes a picture of a visible control and answers its pixels. */
    public static ImageData take(Control control, String name) throws IOException {
        Point size = control.getSize();
        Image image = new Image(control.getDisplay(), Math.max(1, size.x), Math.max(1, size.y));
        // the control draws itself into the image: what the screen shows at this moment may be a frame behind
        GC gc = new GC(image);
        control.print(gc);
        gc.dispose();
        ImageData data = image.getImageData();
        image.dispose();
        Path folder = Files.createDirectories(Path.of(System.getProperty(FOLDER, "target/screenshots")));
        ImageLoader loader = new ImageLoader();
        loader.data = new ImageData[] {data};
        loader.save(folder.resolve(name + ".png").toString(), SWT.IMAGE_PNG);
        return data;
    }

    /** Number of different colours in a picture: one means that nothing was drawn. */
    public static long colours(ImageData data) {
        return java.util.stream.IntStream.range(0, data.height)
                .flatMap(y -> java.util.stream.IntStream.range(0, data.width).map(x -> data.getPixel(x, y)))
                .distinct()
                .count();
    }
}

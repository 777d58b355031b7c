package org.dinobench.ui.curator.view;

import java.util.BitSet;
import org.dinobench.ui.common.theme.Palette;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.PaletteData;
import org.eclipse.swt.graphics.Rectangle;

/**
 * The points of a map as pixels: written into one picture, 100,000 of them in a few milliseconds. Where some are
 * selected, the others are pale and lie under them.
 *
 * @param frame the points and where they lie
 * @param colours of the points
 * @param selected the strong ones; empty: all
 * @param zoom how far the map is zoomed in, for the size of the dots
 */
record MapPicture(MapFrame frame, Colouring.Colours colours, BitSet selected, double zoom) {
    /** {@return the picture, as large as the area} */
    ImageData pixels(Palette palette, Rectangle area) {
        ImageData data = new ImageData(area.width, area.height, 24, new PaletteData(0xFF0000, 0xFF00, 0xFF));
        Color ground = palette.canvas();
        for (int y = 0; y < area.height; y++) {
            int at = y * data.bytesPerLine;
            for (int x = 0; x < area.width; x++) {
                set(data, at + 3 * x, ground);
            }
        }
        int radius =
                zoom > 6 || frame.points().size() < 2000 ? 3 : frame.points().size() < 30_000 || zoom > 2 ? 2 : 1;
        Color[] known = new Color[64];
        Color none = palette.category(-1);
        boolean some = !selected.isEmpty();
        for (int pass = 0; pass < (some ? 2 : 1); pass++) {
            for (int i = 0; i < frame.points().size(); i++) {
                boolean strong = !some || selected.get(i);
                if (some && strong != (pass == 1)) {
                    continue;
                }
                int index = colours.indices()[i];
                Color colour = none;
                if (index >= 0) {
                    int slot = index % known.length;
                    known[slot] = known[slot] == null ? colours.color(palette, index) : known[slot];
                    colour = known[slot];
                }
                dot(data, area, frame.x(i), frame.y(i), strong && some ? radius + 1 : radius, colour, strong, ground);
            }
        }
        return data;
    }

    private static void dot(
            ImageData data, Rectangle area, int cx, int cy, int radius, Color colour, boolean strong, Color ground) {
        for (int y = Math.max(0, cy - radius); y <= Math.min(area.height - 1, cy + radius); y++) {
            for (int x = Math.max(0, cx - radius); x <= Math.min(area.width - 1, cx + radius); x++) {
                int dx = x - cx;
                int dy = y - cy;
                if (dx * dx + dy * dy <= radius * radius + 1) {
                    int at = y * data.bytesPerLine + 3 * x;
                    if (strong) {
                        set(data, at, colour);
                    } else {
                        data.data[at] = pale(colour.getRed(), ground.getRed());
                        data.data[at + 1] = pale(colour.getGreen(), ground.getGreen());
                        data.data[at + 2] = pale(colour.getBlue(), ground.getBlue());
                    }
                }
            }
        }
    }

    private static byte pale(int colour, int ground) {
        return (byte) ((colour + 4 * ground) / 5);
    }

    private static void set(ImageData data, int at, Color colour) {
        data.data[at] = (byte) colour.getRed();
        data.data[at + 1] = (byte) colour.getGreen();
        data.data[at + 2] = (byte) colour.getBlue();
    }
}

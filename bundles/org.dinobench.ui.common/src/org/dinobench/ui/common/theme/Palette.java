package org.dinobench.ui.common.theme;

import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.RGB;
import org.eclipse.swt.widgets.Control;

/**
 * The colours of everything that Dinobench draws itself, in a light and a dark variant.
 *
 * <p>The variant follows the background that the theme gave to the control, so that a drawing always fits its
 * surroundings. Colours are SWT colours without native resources: they need no disposal.
 */
public final class Palette {
    private static final Palette LIGHT = new Palette(false);
    private static final Palette DARK = new Palette(true);

    private static final int[] CATEGORIES_LIGHT = {
        0x2F7FB8, 0xE07B39, 0x3D9A50, 0xC44E6C, 0x7A5CC4, 0x1B8A8F, 0xB08A1E, 0x8A6250, 0x5B6B7A, 0x9BB53C
    };
    private static final int[] CATEGORIES_DARK = {
        0x62B0E8, 0xF39A5B, 0x6CC47E, 0xE87F9A, 0xA88CEB, 0x4DBFC4, 0xDDB845, 0xBC927E, 0x93A5B6, 0xC2DA6A
    };

    private final boolean dark;

    private Palette(boolean dark) {
        this.dark = dark;
    }

    /**
     * The palette that fits a control's present background.
     *
     * @param control a living control
     * @return the light or the dark palette
     */
    public static Palette of(Control control) {
        return isDark(control.getBackground().getRGB()) ? DARK : LIGHT;
    }

    /**
     * The palette by name.
     *
     * @param dark true for the dark one
     * @return the palette
     */
    public static Palette of(boolean dark) {
        return dark ? DARK : LIGHT;
    }

    /**
     * Whether a background is darker than middle gray, by relative luminance (ITU-R BT.709 weights).
     *
     * @param rgb the background
     * @return true when bright text belongs on it
     */
    public static boolean isDark(RGB rgb) {
        return 0.2126 * rgb.red + 0.7152 * rgb.green + 0.0722 * rgb.blue < 128;
    }

    /** {@return whether this is the dark palette} */
    public boolean dark() {
        return dark;
    }

    /** {@return the ground under thumbnails and cards} */
    public Color canvas() {
        return pick(0xFFFFFF, 0x25282C);
    }

    /** {@return the ground of a card or a picture's cell} */
    public Color card() {
        return pick(0xF6F8FA, 0x2E3237);
    }

    /** {@return a card under the mouse} */
    public Color cardHover() {
        return pick(0xEAF2F6, 0x383E45);
    }

    /** {@return thin lines around cards and between groups} */
    public Color line() {
        return pick(0xD9DFE5, 0x43494F);
    }

    /** {@return text that is read first} */
    public Color text() {
        return pick(0x1F2933, 0xE6EAEE);
    }

    /** {@return captions, units and explanations} */
    public Color subtle() {
        return pick(0x62707E, 0xA3AEB9);
    }

    /** {@return the accent of selection and of the main action} */
    public Color accent() {
        return pick(0x16808A, 0x4DBFC4);
    }

    /** {@return the ground of a selected cell} */
    public Color selection() {
        return pick(0xCFE9EA, 0x23545A);
    }

    /** {@return good ends: finished runs, kept images} */
    public Color good() {
        return pick(0x2E8B45, 0x6CC47E);
    }

    /** {@return things to look at: paused runs, conflicts of labels} */
    public Color warning() {
        return pick(0xC77A12, 0xF0B04F);
    }

    /** {@return failures and dropped images} */
    public Color bad() {
        return pick(0xC63C3C, 0xF07F7F);
    }

    /**
     * The colour of a category, a series or a label; repeats after ten.
     *
     * @param index any number, negative ones are taken as "none" and give a gray
     * @return the colour
     */
    public Color category(int index) {
        if (index < 0) {
            return pick(0x9AA5B1, 0x7B8794);
        }
        int[] values = dark ? CATEGORIES_DARK : CATEGORIES_LIGHT;
        return color(values[index % values.length]);
    }

    /**
     * A colour of a scale from little to much: blue over green to orange, readable in both variants.
     *
     * @param share 0 to 1; others are taken as the nearest of these
     * @return the colour
     */
    public Color ramp(double share) {
        int[] stops = dark
                ? new int[] {0x5C7FE0, 0x4DBFC4, 0x9FD36A, 0xF2C14E, 0xF08A5B}
                : new int[] {0x2B4FA8, 0x16808A, 0x5E9E3A, 0xC9971C, 0xC2482B};
        double at = Math.max(0, Math.min(1, share)) * (stops.length - 1);
        int from = (int) Math.min(stops.length - 2.0, Math.floor(at));
        double part = at - from;
        int rgb = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int a = stops[from] >> shift & 0xFF;
            int b = stops[from + 1] >> shift & 0xFF;
            rgb |= (int) Math.round(a + (b - a) * part) << shift;
        }
        return color(rgb);
    }

    private Color pick(int light, int darkValue) {
        return color(dark ? darkValue : light);
    }

    private static Color color(int rgb) {
        return new Color(rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF);
    }
}

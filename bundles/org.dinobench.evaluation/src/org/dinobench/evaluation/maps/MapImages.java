package org.dinobench.evaluation.maps;

import org.dinobench.imaging.RgbImage;

/** Pictures of a {@link PatchMap} at any resolution. Values are 0 to 1; stretch a map first where they are not. */
public final class MapImages {
    private final ColourMap colours;

    /** @param colours by which values are shown */
    public MapImages(ColourMap colours) {
        this.colours = colours;
    }

    /** The map alone. */
    public RgbImage plain(PatchMap map, int width, int height) {
        return over(RgbImage.black(width, height), map, 1, 1);
    }

    /**
     * The map over a picture of any size and the same aspect.
     *
     * @param least how much of the picture is covered where the map is 0, 0 to 1
     * @param most likewise where it is 1
     */
    public RgbImage over(RgbImage image, PatchMap map, double least, double most) {
        int w = image.width();
        int h = image.height();
        byte[] rgb = new byte[3 * w * h];
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                double value = map.between((y + 0.5) / h, (x + 0.5) / w);
                double cover = least + (most - least) * Math.min(1, Math.max(0, value));
                int colour = colours.colour(value);
                for (int c = 0; c < 3; c++) {
                    int map8 = colour >> 16 - 8 * c & 0xff;
                    rgb[3 * (y * w + x) + c] = (byte) Math.round(image.value(x, y, c) * (1 - cover) + map8 * cover);
                }
            }
        }
        return new RgbImage(w, h, rgb);
    }
}

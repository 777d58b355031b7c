package org.dinobench.imaging;

/**
 * What the head of an image file says about itself, read without decoding a pixel.
 *
 * @param width stored width in pixels, before the orientation is applied
 * @param height stored height in pixels, before the orientation is applied
 * @param format the format by its magic number
 * @param bits bits a channel: 1, 2, 4, 8 or 16 (32 for float TIFF)
 * @param channels 1 gray, 2 gray and alpha, 3 colour (a palette counts as colour), 4 colour and alpha or CMYK
 * @param orientation EXIF orientation 1 to 8; 1 when the file says nothing
 */
public record ImageHeader(int width, int height, ImageFormat format, int bits, int channels, int orientation) {
    /** Stored pixels. */
    public long pixels() {
        return (long) width * height;
    }

    /** Width of the picture as it is shown, after the orientation. */
    public int shownWidth() {
        return orientation >= 5 ? height : width;
    }

    /** Height of the picture as it is shown, after the orientation. */
    public int shownHeight() {
        return orientation >= 5 ? width : height;
    }
}

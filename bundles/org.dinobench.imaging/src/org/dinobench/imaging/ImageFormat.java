package org.dinobench.imaging;

/** The file formats that are read. The format of a file is told from its first bytes, never from its name. */
public enum ImageFormat {
    /** JPEG, 8 bit, baseline or progressive. */
    JPEG,
    /** PNG, 1 to 16 bit, gray, RGB or palette, with or without alpha. */
    PNG,
    /** WebP, lossy or lossless, still images. */
    WEBP,
    /** Windows bitmap. */
    BMP,
    /** TIFF, 8 or 16 bit; of a file with several pages the first is read. */
    TIFF,
    /** DICOM of one frame, gray of 8 to 16 bit or 8-bit colour; uncompressed, RLE or baseline JPEG. */
    DICOM
}

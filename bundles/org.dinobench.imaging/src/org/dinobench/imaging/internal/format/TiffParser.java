package org.dinobench.imaging.internal.format;

import org.dinobench.imaging.BrokenImageException;
import org.dinobench.imaging.BrokenImageException.Reason;
import org.dinobench.imaging.ImageFormat;
import org.dinobench.imaging.ImageHeader;

/** TIFF: the first directory; complete when all its strips or tiles lie in the file. */
final class TiffParser implements FormatParser {
    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS = 258;
    private static final int STRIP_OFFSETS = 273;
    private static final int ORIENTATION = 274;
    private static final int SAMPLES = 277;
    private static final int STRIP_BYTES = 279;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_BYTES = 325;
    private static final int PHOTOMETRIC = 262;
    private static final int PALETTE = 3;
    private static final int MOST_PARTS = 4_000_000;

    @Override
    public ImageHeader header(Bytes bytes) throws BrokenImageException, Bytes.ShortException {
        TiffDirectory directory = new TiffDirectory(bytes, 0);
        int bits = (int) directory.value(BITS, 1);
        if (bits != 1 && bits != 4 && bits != 8 && bits != 16) {
            throw bytes.broken(Reason.UNSUPPORTED, bits + "-bit TIFF is not read");
        }
        int channels = directory.value(PHOTOMETRIC, 1) == PALETTE ? 3 : (int) directory.value(SAMPLES, 1);
        if (channels < 1 || channels > 4) {
            throw bytes.broken(Reason.UNSUPPORTED, "TIFF with " + channels + " channels is not read");
        }
        return FormatParser.checked(
                bytes, directory.value(WIDTH, 0), directory.value(HEIGHT, 0), ImageFormat.TIFF, bits, channels, (int)
                        directory.value(ORIENTATION, 1));
    }

    @Override
    public void checkComplete(Bytes bytes) throws BrokenImageException, Bytes.ShortException {
        TiffDirectory directory = new TiffDirectory(bytes, 0);
        long[] offsets = directory.values(STRIP_OFFSETS, MOST_PARTS);
        long[] counts = directory.values(STRIP_BYTES, MOST_PARTS);
        if (offsets.length == 0) {
            offsets = directory.values(TILE_OFFSETS, MOST_PARTS);
            counts = directory.values(TILE_BYTES, MOST_PARTS);
        }
        if (offsets.length == 0 || offsets.length != counts.length) {
            throw bytes.broken(Reason.CORRUPT, "TIFF without a sound list of its strips");
        }
        for (int i = 0; i < offsets.length; i++) {
            bytes.need(offsets[i], counts[i]);
        }
    }
}

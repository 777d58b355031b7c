package org.dinobench.imaging.internal.format;

import org.dinobench.imaging.BrokenImageException;
import org.dinobench.imaging.ImageFormat;
import org.dinobench.imaging.ImageHeader;

/** Reads the header of DICOM files of one frame. */
final class DicomParser implements FormatParser {
    @Override
    public ImageHeader header(Bytes bytes) throws BrokenImageException, Bytes.ShortException {
        DicomImage image = DicomImage.of(bytes);
        return FormatParser.checked(
                bytes, image.columns(), image.rows(), ImageFormat.DICOM, image.allocated(), image.samples(), 1);
    }

    @Override
    public void checkComplete(Bytes bytes) throws BrokenImageException, Bytes.ShortException {
        DicomImage image = DicomImage.of(bytes);
        for (long[] part : image.parts()) {
            bytes.need(part[0], part[1] - part[0]);
        }
        long wanted = (long) image.rows() * image.columns() * image.samples() * (image.allocated() / 8);
        if (image.syntax() == DicomImage.Syntax.PLAIN
                && image.parts().get(0)[1] - image.parts().get(0)[0] < wanted) {
            throw bytes.truncated();
        }
    }
}

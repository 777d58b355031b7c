package org.dinobench.curator.dedup;

import java.util.Comparator;
import org.dinobench.curator.CurationImage;

/**
 * Which image of a group stays: one that a person wants to keep, none that a person dropped, then the one with most
 * pixels, then one with a label, then the oldest, then by path.
 */
public final class RepresentativeRule implements Comparator<CurationImage> {
    private static final Comparator<CurationImage> ORDER = Comparator.comparing(CurationImage::review)
            .thenComparing(Comparator.comparingLong(CurationImage::pixels).reversed())
            .thenComparing(image -> image.label().isEmpty())
            .thenComparingLong(CurationImage::id)
            .thenComparing(CurationImage::path);

    @Override
    public int compare(CurationImage a, CurationImage b) {
        return ORDER.compare(a, b);
    }
}

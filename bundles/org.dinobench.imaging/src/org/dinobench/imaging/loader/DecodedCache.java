package org.dinobench.imaging.loader;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.dinobench.imaging.RgbImage;

/**
 * Decoded images by number, up to a number of bytes. Nothing is evicted: under a fresh permutation each epoch every
 * image is as likely to be wanted next as any other, so evicting would only add work. Thread-safe.
 */
final class DecodedCache {
    private final AtomicReferenceArray<RgbImage> images;
    private final long maxBytes;
    private final AtomicLong bytes = new AtomicLong();

    DecodedCache(int size, long maxBytes) {
        this.images = new AtomicReferenceArray<>(maxBytes > 0 ? size : 0);
        this.maxBytes = maxBytes;
    }

    /** The image, or null. */
    RgbImage get(int index) {
        return maxBytes > 0 ? images.get(index) : null;
    }

    /** Keeps the image if there is room. */
    void offer(int index, RgbImage image) {
        if (maxBytes == 0) {
            return;
        }
        if (bytes.addAndGet(image.bytes()) > maxBytes || !images.compareAndSet(index, null, image)) {
            bytes.addAndGet(-image.bytes());
        }
    }

    long bytes() {
        return bytes.get();
    }
}

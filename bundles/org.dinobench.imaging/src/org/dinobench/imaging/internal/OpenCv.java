package org.dinobench.imaging.internal;

import nu.pattern.OpenCV;
import org.opencv.core.Core;

/**
 * Loads OpenCV's native library, once for the process. Every class that makes an OpenCV call does so after
 * {@link #load()}. OpenCV's own threads are switched off: work is spread over images by our workers.
 */
public final class OpenCv {
    private OpenCv() {}

    private static final class Loaded {
        static final boolean DONE = loadNow();

        private static boolean loadNow() {
            OpenCV.loadLocally();
            Core.setNumThreads(1);
            return true;
        }
    }

    /** Makes sure that OpenCV can be called. Cheap after the first call; class initialisation makes it thread-safe. */
    public static void load() {
        if (!Loaded.DONE) {
            throw new IllegalStateException("OpenCV did not load");
        }
    }
}

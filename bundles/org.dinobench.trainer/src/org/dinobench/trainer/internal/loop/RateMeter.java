package org.dinobench.trainer.internal.loop;

/** Images a second over the last steps; time between steps that went to other things is left out. */
final class RateMeter {
    private static final double FRESHNESS = 0.1;

    private double last = Double.NaN;
    private double secondsPerImage;

    /** @param now seconds at the end of a step */
    void step(double now, int images) {
        if (!Double.isNaN(last)) {
            double fresh = (now - last) / images;
            secondsPerImage = secondsPerImage == 0 ? fresh : secondsPerImage + FRESHNESS * (fresh - secondsPerImage);
        }
        last = now;
    }

    /** The time until the next step's end says nothing about the speed. */
    void interrupted() {
        last = Double.NaN;
    }

    /** 0 while nothing is known. */
    double imagesPerSecond() {
        return secondsPerImage > 0 ? 1 / secondsPerImage : 0;
    }
}

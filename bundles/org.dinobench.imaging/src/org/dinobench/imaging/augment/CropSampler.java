package org.dinobench.imaging.augment;

import java.util.ArrayList;
import java.util.List;
import org.dinobench.imaging.augment.CropPlan.ColourChange;
import org.dinobench.imaging.augment.CropPlan.ColourStep;
import org.dinobench.imaging.internal.StreamRandom;

/**
 * Draws crops. The draw is a pure function of (seed, epoch, image, crop) and of the image's size, so the same stream
 * comes at any number of workers, in any order, and after a resume. Thread-safe.
 *
 * <p>Crops are numbered 0 .. {@link AugmentationSpec#crops()} - 1, global crops first.
 */
public final class CropSampler {
    private static final int TRIES = 10;
    private static final long DOMAIN = 0x63726f7073L;

    private final AugmentationSpec spec;
    private final long seed;

    /** A sampler of a specification and a seed. */
    public CropSampler(AugmentationSpec spec, long seed) {
        this.spec = spec;
        this.seed = seed;
    }

    /** The specification that is drawn from. */
    public AugmentationSpec spec() {
        return spec;
    }

    /**
     * Draws one crop.
     *
     * @param epoch how often the set was gone through before, 0 or more
     * @param image number of the image in the set, or any number that stands for it
     * @param crop number of the crop, global crops first
     * @param width width of the image in pixels
     * @param height height of the image in pixels
     */
    public CropPlan plan(long epoch, long image, int crop, int width, int height) {
        if (crop < 0 || crop >= spec.crops()) {
            throw new IndexOutOfBoundsException("Crop " + crop + " of " + spec.crops());
        }
        StreamRandom random = StreamRandom.of(DOMAIN, seed, epoch, image, crop);
        boolean isGlobal = crop < spec.global().count();
        CropSpec crops = isGlobal ? spec.global() : spec.local();
        CropBox box = box(random, crops, width, height);
        double angle = angle(random);
        boolean horizontal = random.chance(spec.horizontalFlip());
        boolean vertical = random.chance(spec.verticalFlip());
        List<ColourStep> colour = colour(random);
        boolean gray = random.chance(spec.colour().grayProbability());
        FilterSpec filter = spec.filter();
        double blurProbability =
                isGlobal ? crop == 0 ? filter.blurFirstGlobal() : filter.blurSecondGlobal() : filter.blurLocal();
        boolean blur = random.chance(blurProbability);
        double sigma = random.uniform(filter.minSigma(), filter.maxSigma());
        boolean solarize = random.chance(filter.solarizeSecondGlobal()) && isGlobal && crop > 0;
        return new CropPlan(crops.size(), box, angle, horizontal, vertical, colour, gray, blur ? sigma : 0, solarize);
    }

    /**
     * The rectangle of torchvision's RandomResizedCrop: an area share uniform within the scale, a ratio uniform in its
     * logarithm, ten tries; then the largest centred rectangle whose ratio is allowed.
     */
    private static CropBox box(StreamRandom random, CropSpec crops, int width, int height) {
        double area = (double) width * height;
        double logMin = Math.log(crops.minRatio());
        double logMax = Math.log(crops.maxRatio());
        for (int attempt = 0; attempt < TRIES; attempt++) {
            double target = area * random.uniform(crops.minScale(), crops.maxScale());
            double ratio = Math.exp(random.uniform(logMin, logMax));
            int w = (int) Math.rint(Math.sqrt(target * ratio));
            int h = (int) Math.rint(Math.sqrt(target / ratio));
            if (w > 0 && w <= width && h > 0 && h <= height) {
                int y = random.nextInt(height - h + 1);
                int x = random.nextInt(width - w + 1);
                return new CropBox(x, y, w, h);
            }
        }
        double own = (double) width / height;
        int w = width;
        int h = height;
        if (own < crops.minRatio()) {
            h = Math.max(1, Math.min(height, (int) Math.rint(width / crops.minRatio())));
        } else if (own > crops.maxRatio()) {
            w = Math.max(1, Math.min(width, (int) Math.rint(height * crops.maxRatio())));
        }
        return new CropBox((width - w) / 2, (height - h) / 2, w, h);
    }

    private double angle(StreamRandom random) {
        return switch (spec.rotation()) {
            case NONE -> 0;
            case QUARTERS -> 90.0 * random.nextInt(4);
            case ANY -> random.uniform(0, 360);
        };
    }

    private List<ColourStep> colour(StreamRandom random) {
        ColourSpec c = spec.colour();
        List<ColourStep> steps = new ArrayList<>();
        if (!random.chance(c.jitterProbability())) {
            return steps;
        }
        for (int which : random.permutation(4)) {
            switch (which) {
                case 0 -> addFactor(steps, random, ColourChange.BRIGHTNESS, c.brightness());
                case 1 -> addFactor(steps, random, ColourChange.CONTRAST, c.contrast());
                case 2 -> addFactor(steps, random, ColourChange.SATURATION, c.saturation());
                default -> {
                    if (c.hue() > 0) {
                        steps.add(new ColourStep(ColourChange.HUE, random.uniform(-c.hue(), c.hue())));
                    }
                }
            }
        }
        addFactor(steps, random, ColourChange.RED_GAIN, c.channelGain());
        addFactor(steps, random, ColourChange.GREEN_GAIN, c.channelGain());
        addFactor(steps, random, ColourChange.BLUE_GAIN, c.channelGain());
        return steps;
    }

    private static void addFactor(List<ColourStep> steps, StreamRandom random, ColourChange change, double spread) {
        if (spread > 0) {
            steps.add(new ColourStep(change, random.uniform(Math.max(0, 1 - spread), 1 + spread)));
        }
    }
}

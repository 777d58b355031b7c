package org.dinobench.imaging.augment;

import java.util.Arrays;
import java.util.Locale;
import org.dinobench.core.problem.BadInputException;

/**
 * Ready-made augmentations by kind of image. Sizes and counts of crops are DINOv2's and are changed by {@code with…}.
 */
public enum AugmentationPreset {
    /** Photographs: DINOv2's own augmentation. */
    NATURAL {
        @Override
        public AugmentationSpec spec(BlurReading reading) {
            return new AugmentationSpec(
                    GLOBAL,
                    LOCAL,
                    0.5,
                    0,
                    Rotation.NONE,
                    new ColourSpec(0.4, 0.4, 0.2, 0.1, 0.8, 0, 0.2),
                    FilterSpec.of(reading, 0.2),
                    Normalization.IMAGENET);
        }
    },
    /**
     * Gray medical images (ultrasound, X-ray): brightness and contrast only, since there is no colour to learn to
     * ignore; no solarization, which would invert tissue; no vertical flip, since depth has a direction.
     */
    MEDICAL_GRAY {
        @Override
        public AugmentationSpec spec(BlurReading reading) {
            return new AugmentationSpec(
                    GLOBAL,
                    LOCAL,
                    0.5,
                    0,
                    Rotation.NONE,
                    new ColourSpec(0.3, 0.3, 0, 0, 0.8, 0, 0),
                    FilterSpec.of(reading, 0),
                    Normalization.IMAGENET);
        }
    },
    /**
     * Skin lesions seen from above: no up or down, so any rotation and both flips; light changes mildly, but hue and
     * saturation stay, because colours (blue-white veil, red, black) are signs that decide a diagnosis.
     */
    DERMOSCOPY {
        @Override
        public AugmentationSpec spec(BlurReading reading) {
            return new AugmentationSpec(
                    GLOBAL,
                    LOCAL,
                    0.5,
                    0.5,
                    Rotation.ANY,
                    new ColourSpec(0.15, 0.15, 0, 0, 0.8, 0.06, 0),
                    FilterSpec.of(reading, 0),
                    Normalization.IMAGENET);
        }
    },
    /**
     * Stained tissue: quarter turns and both flips, exact so that no cell is blurred; the strength and tint of a stain
     * differ between laboratories, so saturation and a small hue shift are drawn.
     */
    HISTOLOGY {
        @Override
        public AugmentationSpec spec(BlurReading reading) {
            return new AugmentationSpec(
                    GLOBAL,
                    LOCAL,
                    0.5,
                    0.5,
                    Rotation.QUARTERS,
                    new ColourSpec(0.25, 0.25, 0.2, 0.04, 0.8, 0.05, 0),
                    FilterSpec.of(reading, 0),
                    Normalization.IMAGENET);
        }
    };

    private static final CropSpec GLOBAL = new CropSpec(2, 224, 0.32, 1.0);
    private static final CropSpec LOCAL = new CropSpec(8, 96, 0.05, 0.32);

    /** The augmentation with the blur probabilities of a reading. */
    public abstract AugmentationSpec spec(BlurReading reading);

    /** The augmentation as the reference code would blur it. */
    public AugmentationSpec spec() {
        return spec(BlurReading.CODE);
    }

    /** The name used in specs: lower case with underscores. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The preset of a name used in specs.
     *
     * @throws BadInputException when there is none
     */
    public static AugmentationPreset ofKey(String key) {
        for (AugmentationPreset preset : values()) {
            if (preset.key().equals(key)) {
                return preset;
            }
        }
        throw new BadInputException(
                key,
                "no such augmentation preset",
                "use one of "
                        + String.join(
                                ", ",
                                Arrays.stream(values())
                                        .map(AugmentationPreset::key)
                                        .toList()));
    }
}

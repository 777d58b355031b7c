package org.dinobench.trainer;

import org.dinobench.core.spec.train.CropsSpec;
import org.dinobench.imaging.ReadOptions;
import org.dinobench.imaging.augment.AugmentationPreset;
import org.dinobench.imaging.augment.AugmentationSpec;
import org.dinobench.imaging.augment.BlurReading;
import org.dinobench.imaging.augment.CropSpec;

/** How images become crops in a training: the one place that translates {@code crops.*} for imaging. */
public final class TrainingCrops {
    private static final int GLOBAL_CROPS = 2;

    private TrainingCrops() {}

    /**
     * The augmentation of a specification.
     *
     * @throws IllegalArgumentException when a size is out of imaging's range
     */
    public static AugmentationSpec augmentation(CropsSpec crops) {
        return AugmentationPreset.valueOf(crops.preset().name())
                .spec(BlurReading.valueOf(crops.blurReading().name()))
                .withGlobal(new CropSpec(
                        GLOBAL_CROPS,
                        crops.globalCropsSize(),
                        crops.globalCropsScale().min(),
                        crops.globalCropsScale().max()))
                .withLocal(new CropSpec(
                        crops.localCropsNumber(),
                        crops.localCropsSize(),
                        crops.localCropsScale().min(),
                        crops.localCropsScale().max()));
    }

    /** How images are read before they are cropped. */
    public static ReadOptions reading(CropsSpec crops) {
        return new ReadOptions(ReadOptions.DEFAULT.depth(), crops.imageSize().orElse(0));
    }
}

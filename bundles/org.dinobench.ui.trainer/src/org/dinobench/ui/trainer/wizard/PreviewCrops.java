package org.dinobench.ui.trainer.wizard;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.dinobench.core.catalog.CatalogEntry;
import org.dinobench.core.catalog.CatalogFilter;
import org.dinobench.core.catalog.CatalogSort;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.train.CropsSpec;
import org.dinobench.core.workspace.Workspace;
import org.dinobench.imaging.BrokenImageException;
import org.dinobench.imaging.ImageReader;
import org.dinobench.imaging.ReadLimits;
import org.dinobench.imaging.RgbImage;
import org.dinobench.imaging.augment.AugmentationSpec;
import org.dinobench.imaging.augment.CropPlan;
import org.dinobench.imaging.augment.CropRenderer;
import org.dinobench.imaging.augment.CropSampler;
import org.dinobench.trainer.TrainingCrops;
import org.dinobench.ui.trainer.Messages;

/**
 * The crops of one image, cut by the code that cuts them in training.
 *
 * @param name of the image
 * @param image as it is read for training
 * @param plans where each crop was taken from, global ones first
 * @param crops the crops, in the same order
 */
record PreviewCrops(String name, RgbImage image, List<CropPlan> plans, List<RgbImage> crops) {
    /** Copies the lists. */
    PreviewCrops {
        plans = List.copyOf(plans);
        crops = List.copyOf(crops);
    }

    /**
     * Reads an image of a dataset and crops it.
     *
     * @param number of the image among the kept ones; counted on from the first when there are fewer
     * @param draw number of the draw: another one gives other crops
     * @throws IOException when the dataset cannot be read
     * @throws BadInputException when there is no image, or it cannot be cropped so
     */
    static PreviewCrops of(Workspace workspace, String dataset, CropsSpec crops, long number, long draw)
            throws IOException {
        var catalog = workspace.dataset(dataset).required().catalog();
        CatalogFilter kept = CatalogFilter.OK.withKeep(true);
        long count = catalog.count(kept);
        if (count == 0) {
            throw new BadInputException(dataset, Messages.Preview_NoImages, Messages.Preview_NoImagesRepair);
        }
        CatalogEntry entry =
                catalog.page(kept, CatalogSort.PATH, false, number % count, 1).get(0);
        try {
            RgbImage image = new ImageReader(ReadLimits.DEFAULT, TrainingCrops.reading(crops)).read(entry.file());
            AugmentationSpec spec = TrainingCrops.augmentation(crops);
            CropSampler sampler = new CropSampler(spec, 0);
            CropRenderer renderer = new CropRenderer(spec);
            List<CropPlan> plans = new ArrayList<>();
            List<RgbImage> pictures = new ArrayList<>();
            for (int crop = 0; crop < spec.crops(); crop++) {
                CropPlan plan = sampler.plan(draw, entry.id(), crop, image.width(), image.height());
                plans.add(plan);
                pictures.add(renderer.render(image, plan));
            }
            return new PreviewCrops(entry.path(), image, plans, pictures);
        } catch (BrokenImageException | IllegalArgumentException e) {
            throw new BadInputException(entry.path(), e.getMessage(), Messages.Preview_Repair, e);
        }
    }
}

package org.dinobench.app.quickstart;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.evaluation.maps.AttentionMaps;
import org.dinobench.evaluation.maps.ColourMap;
import org.dinobench.evaluation.maps.MapImages;
import org.dinobench.evaluation.maps.NetworkInput;
import org.dinobench.evaluation.maps.PatchPca;
import org.dinobench.imaging.BrokenImageException;
import org.dinobench.imaging.ImageReader;
import org.dinobench.imaging.Resampler;
import org.dinobench.imaging.RgbImage;
import org.dinobench.imaging.augment.Normalization;
import org.dinobench.model.VisionTransformer;

/** What the network sees in a few images: the image, attention of the class token, principal components of patches. */
final class ModelPictures {
    private static final int PATCHES_ALONG_SIDE = 24;

    private final VisionTransformer network;
    private final ImageReader reader = new ImageReader();
    private final Resampler resampler = new Resampler();

    ModelPictures(VisionTransformer network) {
        this.network = network;
    }

    /**
     * The pictures of one image, all of the same size.
     *
     * @param image as the network was shown it
     * @param attention of the class token in the last block, mean of the heads, laid over the image
     * @param components first three principal components of the patches, joint over all images
     */
    record Shown(RgbImage image, RgbImage attention, RgbImage components) {}

    /** @param names images by the name they get in the report */
    Map<String, Shown> of(Map<String, Path> names, JobMonitor monitor) throws BrokenImageException {
        int patch = network.config().patch();
        List<NetworkInput> inputs = new ArrayList<>();
        for (Path file : names.values()) {
            inputs.add(NetworkInput.of(reader.read(file), PATCHES_ALONG_SIDE * patch, patch, Normalization.IMAGENET));
        }
        List<RgbImage> components = new PatchPca(PatchPca.Foreground.ALL, 0)
                .paint(network, inputs, monitor)
                .images();
        MapImages painter = new MapImages(ColourMap.EMBER);
        Map<String, Shown> shown = new LinkedHashMap<>();
        int i = 0;
        for (String name : names.keySet()) {
            RgbImage image = inputs.get(i).image();
            AttentionMaps attention =
                    AttentionMaps.of(network, inputs.get(i), network.config().depth() - 1);
            shown.put(
                    name,
                    new Shown(
                            image,
                            painter.over(image, attention.meanOfClass().stretched(99.5), 0.25, 0.8),
                            resampler.resize(components.get(i), image.width(), image.height())));
            i++;
        }
        return shown;
    }
}

package org.dinobench.ui.evaluation.look;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.evaluation.maps.AttentionMaps;
import org.dinobench.evaluation.maps.NetworkInput;
import org.dinobench.evaluation.maps.PatchMap;
import org.dinobench.evaluation.maps.PatchPca;
import org.dinobench.imaging.BrokenImageException;
import org.dinobench.imaging.ImageReader;
import org.dinobench.imaging.RgbImage;
import org.dinobench.imaging.augment.Normalization;
import org.dinobench.model.LoadedModel;
import org.dinobench.model.ModelFiles;

/** A vision transformer in this process. Images are shown at 24 patches along their shorter side. */
public final class NetworkEye implements ModelEye {
    private static final int PATCHES = 24;

    private final LoadedModel model;
    private final ImageReader reader = new ImageReader();

    private NetworkEye(LoadedModel model) {
        this.model = model;
    }

    /**
     * Opens a model.
     *
     * @param path a run, a checkpoint, an export or a file
     * @return the open model
     * @throws IOException when it cannot be read
     */
    public static ModelEye open(Path path) throws IOException {
        return new NetworkEye(ModelFiles.open(path));
    }

    @Override
    public int blocks() {
        return model.config().depth();
    }

    @Override
    public int heads() {
        return model.config().heads();
    }

    @Override
    public ImageLook look(Path image, int block) throws IOException {
        NetworkInput input = input(image);
        return new Look(input.image(), AttentionMaps.of(model.network(), input, block));
    }

    @Override
    public List<Components> components(List<Path> images, boolean foregroundOnly, JobMonitor monitor)
            throws IOException {
        List<NetworkInput> inputs = new ArrayList<>();
        for (Path image : images) {
            inputs.add(input(image));
        }
        PatchPca pca = new PatchPca(foregroundOnly ? PatchPca.Foreground.AUTOMATIC : PatchPca.Foreground.ALL, 0);
        List<RgbImage> painted = pca.paint(model.network(), inputs, monitor).images();
        List<Components> all = new ArrayList<>();
        for (int i = 0; i < painted.size(); i++) {
            all.add(new Components(inputs.get(i).image(), painted.get(i)));
        }
        return all;
    }

    private NetworkInput input(Path image) throws IOException {
        int patch = model.config().patch();
        try {
            return NetworkInput.of(reader.read(image), PATCHES * patch, patch, Normalization.IMAGENET);
        } catch (BrokenImageException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        model.close();
    }

    private record Look(RgbImage image, AttentionMaps maps) implements ImageLook {
        @Override
        public int rows() {
            return maps.rows();
        }

        @Override
        public int columns() {
            return maps.columns();
        }

        @Override
        public int heads() {
            return maps.heads();
        }

        @Override
        public PatchMap map(Query query, int head) {
            if (query.isClass()) {
                return head < 0 ? maps.meanOfClass() : maps.ofClass(head);
            }
            return head < 0
                    ? maps.meanOfPatch(query.row(), query.column())
                    : maps.ofPatch(query.row(), query.column(), head);
        }
    }
}

package org.dinobench.ui.common.theme;

import java.net.URL;
import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.osgi.framework.FrameworkUtil;

/** The icons of Dinobench, SVG files in this bundle's folder {@code icons}. */
public enum Icons {
    /** Import a folder of images. */
    IMPORT,
    /** A dataset. */
    DATASET,
    /** A curation of a dataset. */
    CURATION,
    /** A training run. */
    RUN,
    /** A checkpoint of a run. */
    CHECKPOINT,
    /** An evaluation. */
    EVALUATION,
    /** An exported model. */
    EXPORT,
    /** An image. */
    IMAGE,
    /** A grid of thumbnails. */
    THUMBNAILS,
    /** Clusters. */
    CLUSTERS,
    /** A map of embeddings. */
    MAP,
    /** Near-duplicates. */
    DUPLICATES,
    /** A chart of losses. */
    CHART,
    /** Whether training is sound. */
    HEALTH,
    /** Where a model looks. */
    ATTENTION,
    /** The loss configurator. */
    LOSSES,
    /** A list of runs. */
    MONITOR,
    /** Go on. */
    PLAY,
    /** Pause. */
    PAUSE,
    /** Stop. */
    STOP,
    /** Write a checkpoint. */
    SAVE,
    /** Read again. */
    REFRESH,
    /** A folder. */
    FOLDER,
    /** The quickstart. */
    QUICKSTART,
    /** A workspace. */
    WORKSPACE,
    /** Attention. */
    WARNING,
    /** A failure. */
    ERROR,
    /** A console. */
    CONSOLE,
    /** Whole range. */
    FIT,
    /** The product. */
    DINOBENCH;

    /** {@return the path of the icon inside this bundle} */
    public String path() {
        return "icons/" + name().toLowerCase(java.util.Locale.ROOT) + ".svg"; // $NON-NLS-1$ //$NON-NLS-2$
    }

    /** {@return a descriptor that draws the icon at the size and zoom that is asked for} */
    public ImageDescriptor descriptor() {
        URL url = FrameworkUtil.getBundle(Icons.class).getEntry(path());
        return url == null ? ImageDescriptor.getMissingImageDescriptor() : ImageDescriptor.createFromURL(url);
    }

    /** {@return a descriptor for the head of a wizard: the icon at 40 points with room around it} */
    public ImageDescriptor banner() {
        ImageDescriptor base = descriptor();
        return ImageDescriptor.createFromImageDataProvider(zoom -> {
            ImageData icon = base.getImageData(zoom * 40 / 16);
            if (icon == null) {
                return null;
            }
            ImageData room = new ImageData(72 * zoom / 100, 64 * zoom / 100, icon.depth, icon.palette);
            room.alphaData = new byte[room.width * room.height];
            int left = (room.width - icon.width) / 2;
            int top = (room.height - icon.height) / 2;
            for (int y = 0; y < icon.height; y++) {
                for (int x = 0; x < icon.width; x++) {
                    room.setPixel(left + x, top + y, icon.getPixel(x, y));
                    room.setAlpha(left + x, top + y, icon.getAlpha(x, y));
                }
            }
            return room;
        });
    }

    /**
     * A descriptor at a size of its own.
     *
     * @param points edge in points
     * @return the descriptor
     */
    public ImageDescriptor scaled(int points) {
        ImageDescriptor base = descriptor();
        return ImageDescriptor.createFromImageDataProvider(zoom -> base.getImageData(zoom * points / 16));
    }

    /** {@return the shared image at 16 points; it belongs to JFace's registry and is not to be disposed} */
    public Image image() {
        String key = "org.dinobench." + name(); // $NON-NLS-1$
        Image image = JFaceResources.getImageRegistry().get(key);
        if (image == null) {
            JFaceResources.getImageRegistry().put(key, descriptor());
            image = JFaceResources.getImageRegistry().get(key);
        }
        return image;
    }
}

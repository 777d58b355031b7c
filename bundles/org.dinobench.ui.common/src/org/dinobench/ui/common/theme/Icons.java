package org.dinobench.ui.common.theme;

import java.net.URL;
import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.graphics.Image;
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
    /** Near-duplicates. */
    DUPLICATES,
    /** A chart of losses. */
    CHART,
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

    /** {@return a descriptor for the head of a wizard, at 48 points} */
    public ImageDescriptor banner() {
        return scaled(48);
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

package org.dinobench.ui.common.grid;

import java.io.IOException;
import org.eclipse.swt.graphics.ImageData;

/** Reads one picture in the background; called from several threads at once. */
public interface ThumbnailLoader {
    /**
     * Reads a picture.
     *
     * @param key what {@link GridModel#pictureKey} gave
     * @param size longest edge that is useful, in pixels; a smaller picture may come back as it is
     * @return the pixels
     * @throws IOException when the file is missing or broken; the grid shows a mark for it
     */
    ImageData load(Object key, int size) throws IOException;
}

package org.dinobench.ui.curator.model;

import org.dinobench.core.catalog.CatalogEntry;
import org.dinobench.core.catalog.DecodeStatus;
import org.dinobench.core.workspace.DatasetDirectory;

/**
 * An image of a dataset, as the workbench selects it.
 *
 * @param dataset where it belongs
 * @param entry what the catalog says of it
 */
public record ImageElement(DatasetDirectory dataset, CatalogEntry entry) {
    private static final long LARGE_PIXELS = 512 * 512;

    /** {@return the file's name without folders} */
    public String name() {
        return entry.path().substring(entry.path().lastIndexOf('/') + 1);
    }

    /** {@return the key by which pictures are read} */
    public PictureKey pictureKey() {
        return new PictureKey(
                dataset, entry.hash(), entry.file(), (long) entry.width() * entry.height() > LARGE_PIXELS);
    }

    /** {@return whether it can be decoded} */
    public boolean decodes() {
        return entry.status() == DecodeStatus.OK;
    }

    /** {@return whether it is in a near-duplicate group} */
    public boolean grouped() {
        return entry.group().isPresent();
    }
}

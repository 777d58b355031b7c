package org.dinobench.ui.curator.model;

import java.nio.file.Path;
import org.dinobench.core.workspace.DatasetDirectory;

/**
 * A picture to read: its thumbnail by content, or else the file.
 *
 * @param dataset has the thumbnails
 * @param hash SHA-256 of the file, may be empty
 * @param file the original
 * @param large whether decoding it takes long enough for a thumbnail on disk to pay
 */
public record PictureKey(DatasetDirectory dataset, String hash, Path file, boolean large) {}

package org.dinobench.cluster.site;

/**
 * A file of a site.
 *
 * @param path from the folder that was listed, with {@code /} between parts
 * @param size bytes
 * @param modified seconds since 1970
 * @param inode the file's number, which another file under the same name does not have
 */
public record SiteFile(String path, long size, long modified, long inode) {}

package org.dinobench.core.catalog;

/** Orders of images; equal ones follow each other by id. */
public enum CatalogSort {
    /** Order of import. */
    ID("id"),
    /** By path. */
    PATH("path"),
    /** By label, then path. */
    LABEL("label, path"),
    /** By split, then path. */
    SPLIT("split, path"),
    /** By number of pixels. */
    PIXELS("width::BIGINT * height"),
    /** By file size. */
    BYTES("bytes"),
    /** By modification time. */
    MODIFIED("modified"),
    /** By near-duplicate group; those alone come last. */
    GROUP("group_id NULLS LAST"),
    /** By cluster, the nearest to its centre first. */
    CLUSTER("cluster NULLS LAST, cluster_similarity DESC");

    private final String sql;

    CatalogSort(String sql) {
        this.sql = sql;
    }

    String orderBy(boolean descending) {
        if (!descending) {
            return sql + ", id";
        }
        String first = sql.split(",")[0];
        return first.replace(" NULLS LAST", "") + " DESC NULLS LAST" + sql.substring(first.length()) + ", id";
    }
}

package org.dinobench.core.catalog;

import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.duckdb.DuckDBConnection;

/**
 * Where the images of a catalog lie in their clusters and near-duplicate groups: how near to the middle, and moved from
 * one cluster to another by a person. Works in short sessions, as {@link Catalog} does. Thread-safe.
 */
public final class CatalogPlaces {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final CatalogFile file;

    /** @param catalog the catalog; it need not exist until something is read */
    public CatalogPlaces(Catalog catalog) {
        this.file = new CatalogFile(catalog.file(), PATIENCE);
    }

    /** By image id, cosine with the centre of its cluster on the finest level; images in no cluster are left out. */
    public Map<Long, Double> inClusters() throws IOException {
        return similarities("SELECT image_id, cluster_similarity FROM clusters WHERE level = 0");
    }

    /** By image id, cosine with the representative of its near-duplicate group; images that are alone are left out. */
    public Map<Long, Double> inGroups() throws IOException {
        return similarities("SELECT image_id, similarity FROM duplicate_groups");
    }

    private Map<Long, Double> similarities(String sql) throws IOException {
        return file.read(connection -> {
            Map<Long, Double> found = new HashMap<>();
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(sql)) {
                while (result.next()) {
                    found.put(result.getLong(1), result.getDouble(2));
                }
            }
            return found;
        });
    }

    /**
     * Moves images into a cluster of the finest level, all or none of them; images in no cluster are left alone. Their
     * similarity stays the one with the centre that they had until the next curation.
     *
     * @param imageIds the images
     * @param cluster number of the cluster, from 0
     */
    public void move(Collection<Long> imageIds, int cluster) throws IOException {
        file.write(connection -> {
            move(connection, imageIds, cluster);
            return null;
        });
    }

    private static void move(DuckDBConnection connection, Collection<Long> ids, int cluster) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE moved (id BIGINT)");
            try (TableAppender out = new TableAppender(connection, "temp", "moved")) {
                for (long id : ids) {
                    out.row(id);
                }
            }
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE clusters SET cluster = ? WHERE level = 0 AND image_id IN (SELECT id FROM moved)")) {
                update.setInt(1, cluster);
                update.executeUpdate();
            }
            statement.execute("DROP TABLE moved");
        }
    }
}

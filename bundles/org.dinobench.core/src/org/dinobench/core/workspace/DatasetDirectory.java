package org.dinobench.core.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dinobench.core.catalog.Catalog;
import org.dinobench.core.problem.BadInputException;

/**
 * The files of a dataset.
 *
 * @param folder its folder, which need not exist
 */
public record DatasetDirectory(Path folder) {
    /** The dataset's name. */
    public String name() {
        return folder.getFileName().toString();
    }

    /** Whether images have been imported. */
    public boolean exists() {
        return Files.isRegularFile(catalogFile());
    }

    /** This dataset. @throws BadInputException when nothing has been imported into it */
    public DatasetDirectory required() {
        if (!exists()) {
            throw new BadInputException(
                    "dataset " + name(), "there is no such dataset in this workspace", "import images into it first");
        }
        return this;
    }

    /** Makes the folders. */
    public DatasetDirectory create() throws IOException {
        Files.createDirectories(folder);
        Files.createDirectories(thumbsFolder());
        Files.createDirectories(folder.resolve("embeddings"));
        return this;
    }

    /** The DuckDB catalog file. */
    public Path catalogFile() {
        return folder.resolve("catalog.duckdb");
    }

    /** The catalog; opening it touches nothing yet. */
    public Catalog catalog() {
        return new Catalog(catalogFile());
    }

    /** Thumbnails, named by content hash. */
    public Path thumbsFolder() {
        return folder.resolve("thumbs");
    }

    /** Embeddings of one embedder: {@code shard-*.npy} with a JSON header. */
    public Path embeddingsFolder(String embedder) {
        return folder.resolve("embeddings").resolve(Names.check("embedder", embedder));
    }

    /** The current manifest as CSV. */
    public Path manifestCsv() {
        return folder.resolve("manifest.csv");
    }

    /** The current manifest as Parquet. */
    public Path manifestParquet() {
        return folder.resolve("manifest.parquet");
    }

    /** Versions of curated manifests, one folder each. */
    public Path curationsFolder() {
        return folder.resolve("curations");
    }

    /** How the dataset came about. */
    public Path provenanceFile() {
        return folder.resolve("provenance.json");
    }
}

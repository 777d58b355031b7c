package org.dinobench.core.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogPlacesTest {
    @TempDir
    Path folder;

    @Test
    void imagesMoveBetweenClustersAndKeepTheirSimilarity() throws Exception {
        Path images = Files.createDirectories(folder.resolve("images"));
        for (String name : List.of("a.jpg", "b.jpg", "c.jpg")) {
            Files.writeString(images.resolve(name), name);
        }
        Catalog catalog = new Catalog(folder.resolve("catalog.duckdb"));
        CatalogPlaces places = new CatalogPlaces(catalog);
        assertThrows(BadInputException.class, places::inClusters);
        catalog.importFolder(
                images, new LabelSource.None(), f -> ImageProbe.Result.ok(4, 4, "jpeg", 1), 1, JobMonitor.NONE);
        List<CatalogEntry> all = catalog.all(CatalogFilter.OK);
        long a = all.get(0).id();
        long b = all.get(1).id();
        long c = all.get(2).id();
        catalog.setClusters(List.of(
                new ClusterMember(a, 0, 0, 0.9), new ClusterMember(b, 0, 1, 0.75), new ClusterMember(b, 1, 0, 0.5)));
        catalog.setGroups(List.of(new GroupMember(a, 1, true, 1), new GroupMember(b, 1, false, 0.25)));
        assertEquals(Map.of(a, 0.9, b, 0.75), places.inClusters());
        assertEquals(Map.of(a, 1.0, b, 0.25), places.inGroups());

        places.move(List.of(b, c), 0);
        assertEquals(2, catalog.count(CatalogFilter.OK.withCluster(0)));
        assertEquals(OptionalInt.empty(), catalog.find(c).orElseThrow().cluster());
        assertEquals(Map.of(a, 0.9, b, 0.75), places.inClusters());
        places.move(List.of(b), 1);
        assertEquals(OptionalInt.of(1), catalog.find(b).orElseThrow().cluster());
    }
}

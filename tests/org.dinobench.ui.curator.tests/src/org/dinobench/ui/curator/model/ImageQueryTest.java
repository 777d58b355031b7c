package org.dinobench.ui.curator.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.dinobench.core.catalog.CatalogEntry;
import org.dinobench.core.catalog.DecodeStatus;
import org.dinobench.core.workspace.DatasetDirectory;
import org.dinobench.ui.curator.model.ImageQuery.Order;
import org.dinobench.ui.curator.model.ImageQuery.Show;
import org.junit.jupiter.api.Test;

class ImageQueryTest {
    private final List<ImageElement> images = List.of(
            image(1, "b/dog.png", "dog", DecodeStatus.OK, true, 2, 10),
            image(2, "a/Cat.png", "cat", DecodeStatus.OK, false, 1, 30),
            image(3, "c/fish.png", "", DecodeStatus.OK, true, 1, 20),
            image(4, "d/broken.png", "dog", DecodeStatus.BROKEN, false, -1, 0));

    private static ImageElement image(
            long id, String path, String label, DecodeStatus status, boolean keep, int cluster, int side) {
        return new ImageElement(
                new DatasetDirectory(Path.of("d")),
                new CatalogEntry(
                        id,
                        "",
                        "/images",
                        path,
                        side,
                        side,
                        "png",
                        1,
                        0,
                        label,
                        "",
                        status,
                        "",
                        1,
                        "",
                        id == 1 ? OptionalLong.of(1) : OptionalLong.empty(),
                        cluster < 0 ? OptionalInt.empty() : OptionalInt.of(cluster),
                        keep,
                        "",
                        false));
    }

    private List<Long> ids(ImageQuery query) {
        return query.of(images).stream().map(i -> i.entry().id()).toList();
    }

    @Test
    void statesSelectTheirImages() {
        assertEquals(List.of(2L, 1L, 3L), ids(ImageQuery.ALL));
        assertEquals(List.of(1L, 3L), ids(new ImageQuery("", null, Show.KEPT, OptionalInt.empty(), Order.NAME)));
        assertEquals(List.of(2L), ids(new ImageQuery("", null, Show.DROPPED, OptionalInt.empty(), Order.NAME)));
        assertEquals(List.of(1L), ids(new ImageQuery("", null, Show.GROUPED, OptionalInt.empty(), Order.NAME)));
        assertEquals(List.of(4L), ids(new ImageQuery("", null, Show.BROKEN, OptionalInt.empty(), Order.NAME)));
    }

    @Test
    void textIsFoundInNamesAndLabelsInAnyCase() {
        assertEquals(List.of(2L), ids(new ImageQuery(" cAT", null, Show.ALL, OptionalInt.empty(), Order.NAME)));
    }

    @Test
    void theEmptyLabelStandsForUnlabelledImages() {
        assertEquals(List.of(3L), ids(new ImageQuery("", "", Show.ALL, OptionalInt.empty(), Order.NAME)));
        assertEquals(List.of(1L), ids(new ImageQuery("", "dog", Show.ALL, OptionalInt.empty(), Order.NAME)));
    }

    @Test
    void ordersAndClusters() {
        assertEquals(List.of(2L, 3L, 1L), ids(new ImageQuery("", null, Show.ALL, OptionalInt.empty(), Order.PIXELS)));
        assertEquals(List.of(2L, 3L, 1L), ids(new ImageQuery("", null, Show.ALL, OptionalInt.empty(), Order.CLUSTER)));
        assertEquals(List.of(2L, 3L), ids(new ImageQuery("", null, Show.ALL, OptionalInt.of(1), Order.NAME)));
    }
}

package org.dinobench.faiss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexDescriptionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "flat",
                "IVF0,Flat",
                "IVF-1,Flat",
                "Flat,",
                ",Flat",
                "Flat,Flat",
                "PQ16",
                "PQ16x8",
                "IVF4",
                "HNSW1",
                "HNSW99999",
                "PQ8x20np",
                "IVF99999999999,Flat",
                "Residual2x8",
                "IDMap",
                "Flat ",
                "IVF4,RFlat"
            })
    void whatIsNotUnderstoodIsRefused(String factory) {
        var refused = assertThrows(IllegalArgumentException.class, () -> new IndexDescription(factory));
        assertTrue(refused.getMessage().contains("\"" + factory + "\""), refused.getMessage());
    }

    @Test
    void ordinaryKindsHaveNames() {
        assertEquals("IVF100,PQ16x8np", IndexDescription.ivfPq(100, 16, 8).factory());
        assertEquals("IDMap2,Flat", IndexDescription.flat().withIds().factory());
        assertEquals("IDMap2,Flat", IndexDescription.flat().withIds().withIds().factory());
    }
}

package org.dinobench.core.spec.train;

import java.util.HashMap;
import java.util.Map;
import org.dinobench.core.spec.ForeignKey;

/** Keys of the official DINOv2 configuration that have no effect here, each with the reason. */
final class OfficialKeys {
    private OfficialKeys() {}

    static Map<String, ForeignKey> all() {
        Map<String, ForeignKey> keys = new HashMap<>();
        keys.put("MODEL", ForeignKey.harmless("a run resumes from its own folder"));
        keys.put(
                "compute_precision",
                ForeignKey.harmless("train.precision and sharding.* choose number formats and strategy"));
        keys.put("train.dataset_path", ForeignKey.harmless("the data set is named when the run starts"));
        keys.put("train.output_dir", ForeignKey.harmless("the run folder is named when the run starts"));
        keys.put("train.cache_dataset", ForeignKey.harmless("the catalog already holds what a cache would"));
        keys.put("student.qkv_bias", new ForeignKey("attention layers always have biases", "true"));
        keys.put("student.proj_bias", new ForeignKey("attention layers always have biases", "true"));
        keys.put("student.ffn_bias", new ForeignKey("feed-forward layers always have biases", "true"));
        return Map.copyOf(keys);
    }
}

package org.dinobench.trainer.internal.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.model.LoadedModel;
import org.dinobench.model.ModelFiles;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.collective.CollectiveOperation;
import org.dinobench.torch.collective.CountingCollectives;
import org.dinobench.torch.collective.SingleProcess;
import org.dinobench.trainer.TinyRuns;
import org.dinobench.trainer.shard.RankGroups;
import org.dinobench.trainer.shard.ShardedModel;
import org.dinobench.trainer.shard.Sharding;
import org.dinobench.trainer.step.ModelShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardedExportTest {
    @TempDir
    Path folder;

    @Test
    void anExportHoldsOneUnitAtATimeAndCollectsEachOnce() throws Exception {
        TrainSpec spec = TinyRuns.spec(24, 4);
        CountingCollectives counted = new CountingCollectives(new SingleProcess());
        try (ShardedModel model = new ShardedModel(
                ModelShape.of(spec),
                RankGroups.flat(counted),
                Sharding.of(spec),
                spec.train().precision(),
                spec.optim(),
                3)) {
            Map<String, float[]> average = new LinkedHashMap<>();
            model.editAverage(unit -> unit.forEach((name, tensor) -> average.put(name, Tensors.floats(tensor))));
            model.mostWholeBytes();
            counted.reset();
            new ShardedState(model).export(folder, 4);
            long largest = 0;
            long backbone = 0;
            for (var unit : model.networks().average().parameters().units()) {
                if (unit.module().equals(ModelShape.BACKBONE)) {
                    largest = Math.max(largest, unit.data().nbytes());
                    backbone++;
                }
            }
            assertEquals(largest, model.mostWholeBytes());
            assertEquals(0, model.wholeBytes());
            assertEquals(
                    backbone, counted.traffic(CollectiveOperation.ALL_GATHER).calls());
            assertTrue(backbone > 4, backbone + " units");
            try (LoadedModel export = ModelFiles.open(folder)) {
                export.parameters()
                        .state()
                        .forEach((name, tensor) -> assertArrayEquals(
                                average.get(ModelShape.BACKBONE + "." + name), Tensors.floats(tensor), name));
            }
        }
    }
}

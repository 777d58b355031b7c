package org.dinobench.curator;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.dinobench.torch.Torch;
import org.dinobench.torch.collective.Pending;
import org.dinobench.torch.mpi.ElementType;
import org.dinobench.torch.mpi.MpiCollectives;
import org.dinobench.torch.mpi.MpiOptions;

/**
 * The processes of an MPI job as ranks of one curation. Work that can be written down goes through files of the data
 * set's folder, which all ranks must see; only what k-means finds in each pass is sent.
 */
public final class MpiRanks implements Ranks {
    /** A deadline longer than the last pass over a shard or the writing of a large manifest. */
    public static final MpiOptions OPTIONS = MpiOptions.DEFAULT.withDeadline(Duration.ofHours(2));

    private final MpiCollectives collectives;

    /** @param collectives among all ranks; not closed by this object */
    public MpiRanks(MpiCollectives collectives) {
        Torch.start();
        this.collectives = collectives;
    }

    @Override
    public int rank() {
        return collectives.rank();
    }

    @Override
    public int size() {
        return collectives.size();
    }

    @Override
    public void barrier() {
        collectives.barrier();
    }

    @Override
    public void exchange(ByteBuffer distances, ByteBuffer labels, int share) {
        try (BytePointer scores = new BytePointer(distances);
                BytePointer names = new BytePointer(labels)) {
            List<Pending> sent = new ArrayList<>();
            long rows = distances.capacity() / Float.BYTES;
            for (int rank = 0; rank < size(); rank++) {
                long from = Math.min(rows, (long) rank * share);
                long count = Math.min(share, rows - from);
                if (count > 0) {
                    sent.add(collectives.startBroadcast(
                            scores.address() + from * Float.BYTES, count, ElementType.FLOAT32, rank));
                    sent.add(collectives.startBroadcast(
                            names.address() + from * Long.BYTES, count, ElementType.INT64, rank));
                }
            }
            sent.forEach(Pending::await);
        }
    }
}

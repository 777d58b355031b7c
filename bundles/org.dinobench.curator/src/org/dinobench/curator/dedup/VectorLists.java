package org.dinobench.curator.dedup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.faiss.Index;
import org.dinobench.faiss.Metric;
import org.dinobench.faiss.Vectors;

/** All vectors, sorted into the list of the centroid that each is nearest to; every list can be searched by itself. */
final class VectorLists implements AutoCloseable {
    private final int[] order;
    private final int[] starts;
    private final List<Index> indexes = new ArrayList<>();

    /**
     * @param homes list of each vector
     * @param lists number of lists; some may be empty
     */
    VectorLists(Vectors vectors, char[] homes, int lists, JobMonitor monitor) {
        starts = new int[lists + 1];
        for (char home : homes) {
            starts[home + 1]++;
        }
        for (int list = 0; list < lists; list++) {
            starts[list + 1] += starts[list];
        }
        order = new int[homes.length];
        int[] next = Arrays.copyOf(starts, lists);
        for (int row = 0; row < homes.length; row++) {
            order[next[homes[row]]++] = row;
        }
        try {
            monitor.begin("Filling " + lists + " lists", homes.length);
            for (int list = 0; list < lists; list++) {
                monitor.checkStopped();
                indexes.add(indexOf(vectors, members(list)));
                monitor.worked(size(list));
            }
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private static Index indexOf(Vectors vectors, int[] members) {
        if (members.length == 0) {
            return null;
        }
        try (Vectors block = Vectors.allocate(members.length, vectors.dimension())) {
            block.put(0, vectors, members);
            return Index.flatOf(block, Metric.INNER_PRODUCT).checkingInput(false);
        }
    }

    /** The vectors of a list, in rising order. */
    int[] members(int list) {
        return Arrays.copyOfRange(order, starts[list], starts[list + 1]);
    }

    /** Number of vectors in a list. */
    int size(int list) {
        return starts[list + 1] - starts[list];
    }

    /** The vector at a place of a list. */
    int member(int list, long place) {
        return order[starts[list] + (int) place];
    }

    /** Vectors in the order of their lists: neighbours in it are mostly near each other. */
    int[] queries(int from, int count) {
        return Arrays.copyOfRange(order, from, from + count);
    }

    /** The search index of a list; null when the list is empty. */
    Index index(int list) {
        return indexes.get(list);
    }

    @Override
    public void close() {
        for (Index index : indexes) {
            if (index != null) {
                index.close();
            }
        }
    }
}

package org.dinobench.curator.dedup;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dinobench.core.io.AtomicFiles;

/** Finished blocks of pairs in a work folder, so that a search that was killed goes on after them. */
final class PairFiles {
    private final Path folder;
    private final String kind;

    /**
     * @param folder of work that belongs to the same images and options; made when it is not there
     * @param kind word in the names of the files
     */
    PairFiles(Path folder, String kind) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.kind = kind;
    }

    private Path file(int block) {
        return folder.resolve(String.format("%s-%05d.pairs", kind, block));
    }

    /** Whether a block is finished. */
    boolean has(int block) {
        return Files.exists(file(block));
    }

    /** The pairs of a block that was written sorted, or null when it is not finished. */
    PairList read(int block) throws IOException {
        if (!has(block)) {
            return null;
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file(block))))) {
            int count = in.readInt();
            PairList.Builder pairs = new PairList.Builder();
            for (int i = 0; i < count; i++) {
                pairs.add(new Pair(in.readInt(), in.readInt(), in.readFloat()));
            }
            return pairs.build();
        }
    }

    /** Pairs that were written in an order of their own, or null when the block is not finished. */
    List<Pair> readAll(int block) throws IOException {
        if (!has(block)) {
            return null;
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file(block))))) {
            int count = in.readInt();
            List<Pair> pairs = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                pairs.add(new Pair(in.readInt(), in.readInt(), in.readFloat()));
            }
            return pairs;
        }
    }

    void write(int block, List<Pair> pairs) throws IOException {
        AtomicFiles.write(file(block), stream -> {
            DataOutputStream out = new DataOutputStream(new BufferedOutputStream(stream));
            out.writeInt(pairs.size());
            for (Pair pair : pairs) {
                out.writeInt(pair.first());
                out.writeInt(pair.second());
                out.writeFloat(pair.similarity());
            }
            out.flush();
        });
    }
}

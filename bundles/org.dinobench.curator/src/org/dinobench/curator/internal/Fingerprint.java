package org.dinobench.curator.internal;

import java.util.Collection;
import org.dinobench.core.io.ContentHash;

/** A short name for a set of inputs, under which unfinished work on them is kept. */
public final class Fingerprint {
    private static final int CHUNK = 4096;

    private Fingerprint() {}

    /**
     * @param options everything else that the work depends on
     * @param keys the inputs, in order
     */
    public static String of(String options, Collection<String> keys) {
        String hash = ContentHash.ofText(options);
        StringBuilder chunk = new StringBuilder(hash);
        int count = 0;
        for (String key : keys) {
            chunk.append('\n').append(key);
            if (++count % CHUNK == 0) {
                hash = ContentHash.ofText(chunk.toString());
                chunk.setLength(0);
                chunk.append(hash);
            }
        }
        return ContentHash.ofText(chunk.toString()).substring(0, 16);
    }
}

package org.dinobench.faiss;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The kind of an index, in the words of the Faiss index factory. The part of that language that is accepted: a prefix
 * of {@code IDMap}, {@code IDMap2}, {@code L2norm}, {@code PCA64}, {@code PCAR64}, {@code OPQ16}, {@code OPQ16_64}; an
 * inverted file {@code IVF1024} or {@code IVF1024_HNSW32}; storage {@code Flat}, {@code SQ4}, {@code SQ6},
 * {@code SQ8}, {@code SQfp16}, {@code PQ16np}, {@code PQ16x8np}, {@code HNSW32}, {@code HNSW32_SQ8}; and a
 * {@code RFlat} at the end, each separated by a comma.
 *
 * @param factory the description, checked
 */
public record IndexDescription(String factory) {
    private static final String NUMBER = "([1-9][0-9]{0,7})";
    private static final Pattern PREFIX =
            Pattern.compile("IDMap2?|L2norm|PCAR?" + NUMBER + "|OPQ" + NUMBER + "(?:_" + NUMBER + ")?");
    private static final Pattern FILE = Pattern.compile("IVF" + NUMBER + "(?:_HNSW" + NUMBER + ")?");
    private static final Pattern STORAGE = Pattern.compile(
            "Flat|SQ4|SQ6|SQ8|SQfp16|PQ" + NUMBER + "(?:x" + NUMBER + ")?(?:np)?|HNSW" + NUMBER + "(?:_SQ8)?");
    private static final Pattern PLAIN_PQ = Pattern.compile("PQ" + NUMBER + "(?:x8)?");

    /** Where a description ends, and beyond which no index of any use lies. */
    private static final int MAX_LINKS = 512;

    private static final int MAX_BITS = 12;

    /**
     * Checks the description.
     *
     * @throws IllegalArgumentException saying what is not understood
     */
    public IndexDescription {
        Objects.requireNonNull(factory, "factory");
        check(factory);
    }

    /** All vectors as they are; exact. */
    public static IndexDescription flat() {
        return new IndexDescription("Flat");
    }

    /** Vectors as they are, in {@code lists} lists of which a search visits some ({@link Index#setProbes}). */
    public static IndexDescription ivfFlat(int lists) {
        return new IndexDescription("IVF" + lists + ",Flat");
    }

    /**
     * Product-quantised vectors in lists.
     *
     * @param parts sub-vectors, a divisor of the dimension
     * @param bits of the code of each part, at most {@value #MAX_BITS}
     */
    public static IndexDescription ivfPq(int lists, int parts, int bits) {
        return new IndexDescription("IVF" + lists + ",PQ" + parts + "x" + bits + "np");
    }

    /** Each number in 8 bits. */
    public static IndexDescription sq8() {
        return new IndexDescription("SQ8");
    }

    /** A graph of near vectors, {@code links} of each; exact vectors. */
    public static IndexDescription hnsw(int links) {
        return new IndexDescription("HNSW" + links);
    }

    /** The same kind, taking an id for each vector; lists and graphs are told apart by Faiss itself. */
    public IndexDescription withIds() {
        return factory.startsWith("IDMap") ? this : new IndexDescription("IDMap2," + factory);
    }

    private static void check(String factory) {
        String[] parts = factory.split(",", -1);
        int next = 0;
        while (next < parts.length - 1 && PREFIX.matcher(parts[next]).matches()) {
            next++;
        }
        if (next < parts.length - 1) {
            Matcher file = FILE.matcher(parts[next]);
            if (file.matches()) {
                checkLinks(factory, file.group(2));
                next++;
            }
        }
        if (next >= parts.length) {
            throw refused(factory, "the storage is missing");
        }
        Matcher storage = STORAGE.matcher(parts[next]);
        if (!storage.matches()) {
            throw refused(factory, "\"" + parts[next] + "\" is not understood");
        }
        if (PLAIN_PQ.matcher(parts[next]).matches() && next == 0) {
            // Its training tries permutations of the codes and may never end.
            throw refused(factory, "write " + parts[next] + "np: plain " + parts[next] + " can train for ever");
        }
        if (storage.group(2) != null && Integer.parseInt(storage.group(2)) > MAX_BITS) {
            throw refused(factory, "codes have at most " + MAX_BITS + " bits");
        }
        checkLinks(factory, storage.group(3));
        next++;
        if (next < parts.length && parts[next].equals("RFlat")) {
            next++;
        }
        if (next < parts.length) {
            throw refused(factory, "\"" + parts[next] + "\" is not understood");
        }
    }

    private static void checkLinks(String factory, String links) {
        if (links != null && (Integer.parseInt(links) > MAX_LINKS || Integer.parseInt(links) < 2)) {
            throw refused(factory, "a graph has 2 to " + MAX_LINKS + " links");
        }
    }

    private static IllegalArgumentException refused(String factory, String why) {
        return new IllegalArgumentException("Index description \"" + factory + "\": " + why);
    }
}

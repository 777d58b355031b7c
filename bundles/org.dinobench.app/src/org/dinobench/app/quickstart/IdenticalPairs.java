package org.dinobench.app.quickstart;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.dinobench.core.catalog.Catalog;
import org.dinobench.core.catalog.CatalogEntry;

/**
 * Pairs of files that are equal byte by byte, as they were found, whatever larger groups they belong to.
 *
 * @param count all pairs
 * @param conflicting those whose two labels differ
 * @param acrossSplits how many lie in different splits, such as train and test
 */
public record IdenticalPairs(int count, List<Pair> conflicting, int acrossSplits) {
    /** Copies the list. */
    public IdenticalPairs {
        conflicting = List.copyOf(conflicting);
    }

    /** Two entries of the catalog with the same content. */
    public record Pair(CatalogEntry first, CatalogEntry second) {
        /** The two with their labels, for a list. */
        public String words() {
            return first.path() + " (" + first.label() + ") = " + second.path() + " (" + second.label() + ")";
        }
    }

    static IdenticalPairs of(Catalog catalog) throws IOException {
        int count = 0;
        int across = 0;
        List<Pair> conflicting = new ArrayList<>();
        for (List<CatalogEntry> same : catalog.identicalImages()) {
            for (int i = 0; i < same.size(); i++) {
                for (int j = i + 1; j < same.size(); j++) {
                    CatalogEntry a = same.get(i);
                    CatalogEntry b = same.get(j);
                    count++;
                    across += a.split().equals(b.split()) ? 0 : 1;
                    if (!a.label().isEmpty()
                            && !b.label().isEmpty()
                            && !a.label().equals(b.label())) {
                        conflicting.add(new Pair(a, b));
                    }
                }
            }
        }
        return new IdenticalPairs(count, conflicting, across);
    }
}

package org.dinobench.curator.dedup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PairListTest {
    private static List<Pair> random(int count, long seed) {
        Random random = new Random(seed);
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int first = random.nextInt(50);
            pairs.add(new Pair(first, first + 1 + random.nextInt(50), random.nextFloat()));
        }
        return pairs;
    }

    @Test
    void mergedListsHoldEachPairOnceWithItsGreatestSimilarity() {
        List<PairList> parts = new ArrayList<>(List.of(PairList.EMPTY));
        Map<List<Integer>, Float> expected =
                new TreeMap<>(Comparator.<List<Integer>, Integer>comparing(nodes -> nodes.get(0))
                        .thenComparing(nodes -> nodes.get(1)));
        for (int part = 0; part < 5; part++) {
            List<Pair> pairs = random(400, part);
            parts.add(PairList.of(pairs));
            pairs.forEach(pair -> expected.merge(List.of(pair.first(), pair.second()), pair.similarity(), Math::max));
        }
        PairList merged = PairList.merge(parts);
        assertEquals(
                List.copyOf(expected.keySet()),
                merged.stream()
                        .map(pair -> List.of(pair.first(), pair.second()))
                        .toList());
        assertEquals(
                List.copyOf(expected.values()),
                merged.stream().map(Pair::similarity).toList());
        Pair some = merged.get(merged.size() / 2);
        assertTrue(merged.contains(some.second(), some.first()));
        assertFalse(merged.contains(200, 201));
        PairList few = merged.filtered(pair -> pair.first() == 7);
        assertTrue(few.size() > 0 && few.stream().allMatch(pair -> pair.first() == 7));
    }

    @Test
    void theBestPartnersStayWhateverTheirOrder() {
        Random random = new Random(9);
        for (int round = 0; round < 50; round++) {
            List<Pair> offered = new ArrayList<>();
            for (int node = 1; node <= 40; node++) {
                // Few different values, so that ties are common.
                offered.add(new Pair(0, node, random.nextInt(6) / 8f));
            }
            NearestPairs best = new NearestPairs(1, 7);
            List<Pair> shuffled = new ArrayList<>(offered);
            java.util.Collections.shuffle(shuffled, random);
            shuffled.forEach(pair -> best.offer(0, pair.second(), pair.similarity()));
            offered.sort(Comparator.comparingDouble((Pair pair) -> -pair.similarity())
                    .thenComparing(Pair::second));
            assertEquals(PairList.of(offered.subList(0, 7)), best.pairs(new int[] {0}));
            assertEquals(List.of(offered.get(0)), best.nearest(new int[] {0}));
        }
    }
}

package org.dinobench.evaluation.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.evaluation.Sets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
    void groupsNeverCrossAndClassesKeepTheirShare(long seed) {
        LabelledSet set = grouped(400, seed);
        Split split = Split.grouped(set, 0.2, seed);
        Set<Integer> trainUnits = new HashSet<>();
        for (int i : split.train()) {
            trainUnits.add(set.unit(i));
        }
        assertTrue(Arrays.stream(split.test()).noneMatch(i -> trainUnits.contains(set.unit(i))));
        assertEquals(400, split.train().length + split.test().length);
        int[] all = set.classCounts();
        int[] test = new int[all.length];
        Arrays.stream(split.test()).forEach(i -> test[set.label(i)]++);
        for (int c = 0; c < all.length; c++) {
            assertEquals(0.2 * all[c], test[c], 3, "class " + c);
        }
    }

    @Test
    void seedsDecide() {
        LabelledSet set = grouped(100, 1);
        assertArrayEquals(
                Split.grouped(set, 0.2, 5).test(), Split.grouped(set, 0.2, 5).test());
        assertFalse(Arrays.equals(
                Split.grouped(set, 0.2, 5).test(), Split.grouped(set, 0.2, 6).test()));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void aClassOfOneLargeAndOneSmallGroupIsOnBothSides(long seed) {
        List<EvalImage> images = new ArrayList<>();
        IntStream.range(0, 20).forEach(i -> images.add(Sets.image(i, "common")));
        IntStream.range(20, 24).forEach(i -> images.add(Sets.image(i, "rare", "", "large", "")));
        images.add(Sets.image(24, "rare"));
        LabelledSet set = LabelledSet.of("test set", images);
        Split split = Split.grouped(set, 0.2, seed);
        assertTrue(Arrays.stream(split.test()).anyMatch(i -> set.label(i) == 1));
        assertTrue(Arrays.stream(split.train()).anyMatch(i -> set.label(i) == 1));
    }

    @Test
    void foldsAreDisjointAndComplete() {
        LabelledSet set = grouped(200, 3);
        int[] candidates = Split.grouped(set, 0.2, 0).train();
        List<Split> folds = Split.folds(set, candidates, 5, 0);
        int[] together = folds.stream()
                .flatMapToInt(f -> Arrays.stream(f.test()))
                .sorted()
                .toArray();
        assertArrayEquals(candidates, together);
        for (Split fold : folds) {
            Set<Integer> units = new HashSet<>();
            Arrays.stream(fold.train()).forEach(i -> units.add(set.unit(i)));
            assertTrue(Arrays.stream(fold.test()).noneMatch(i -> units.contains(set.unit(i))));
            assertEquals(candidates.length / 5.0, fold.test().length, 6);
        }
    }

    @Test
    void equalContentJoinsGroups() {
        LabelledSet set = LabelledSet.of(
                "test set",
                List.of(
                        Sets.image(0, "a", "", "g1", "h1"),
                        Sets.image(1, "a", "", "g1", "h2"),
                        Sets.image(2, "b", "", "", "h2"),
                        Sets.image(3, "b", "", "", "h3")));
        assertEquals(set.unit(0), set.unit(2));
        assertEquals(2, set.unitCount());
    }

    @Test
    void classesThatCannotBeDividedAreRefused() {
        LabelledSet set = Sets.balanced(10, 1);
        BadInputException problem = assertThrows(BadInputException.class, () -> Split.grouped(set, 0.2, 0));
        assertTrue(problem.getMessage().contains("\"c1\""), problem.getMessage());
        LabelledSet three = Sets.balanced(10, 8, 1);
        assertEquals(List.of("c0", "c1"), three.withoutRareClasses(2).classes());
    }

    @Test
    void oneClassIsRefused() {
        BadInputException problem = assertThrows(BadInputException.class, () -> Sets.balanced(5));
        assertTrue(problem.getMessage().contains("one class \"c0\""), problem.getMessage());
    }

    @Test
    void givenSplitsAreReadAndMissingOnesRefused() {
        List<EvalImage> images = List.of(
                Sets.image(0, "a", "train", "", ""),
                Sets.image(1, "b", "train", "", ""),
                Sets.image(2, "a", "val", "", ""),
                Sets.image(3, "b", "test", "", ""));
        Split split = Split.given(LabelledSet.of("test set", images));
        assertArrayEquals(new int[] {0, 1}, split.train());
        assertArrayEquals(new int[] {3}, split.test());
        Split val = Split.given(LabelledSet.of("test set", images.subList(0, 3)));
        assertArrayEquals(new int[] {2}, val.test());
        assertThrows(BadInputException.class, () -> Split.given(Sets.balanced(3, 3)));
    }

    @Test
    void leaksAreRefusedOrMarked() {
        LabelledSet set = LabelledSet.of(
                "leaky",
                List.of(
                        Sets.image(0, "a", "train", "", "h0"),
                        Sets.image(1, "b", "train", "g", "h1"),
                        Sets.image(2, "b", "test", "", "h0"),
                        Sets.image(3, "b", "test", "g", "h3"),
                        Sets.image(4, "a", "test", "", "h4")));
        Split split = Split.given(set);
        BadInputException problem =
                assertThrows(BadInputException.class, () -> LeakCheck.check(set, split, LeakCheck.Policy.REFUSE));
        assertTrue(problem.getMessage().contains("2 of 3 test images"), problem.getMessage());
        LeakCheck.Finding finding = LeakCheck.check(set, split, LeakCheck.Policy.MARK);
        assertEquals(2, finding.leakedTestImages());
        assertEquals(1, finding.labelConflicts());
        assertEquals("same content", finding.examples().get(0).reason());
        assertEquals("same group", finding.examples().get(1).reason());
    }

    private static LabelledSet grouped(int size, long seed) {
        Random random = new Random(seed);
        String[] classes = {"a", "a", "a", "a", "b", "b", "c"};
        List<EvalImage> images = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            String group = random.nextInt(3) == 0 ? "g" + random.nextInt(size / 8) : "";
            images.add(Sets.image(i, classes[random.nextInt(classes.length)], "", group, ""));
        }
        return LabelledSet.of("test set", images);
    }
}

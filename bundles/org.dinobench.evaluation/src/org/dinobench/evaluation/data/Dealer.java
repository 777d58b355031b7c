package org.dinobench.evaluation.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Deals whole units to parts so that every part has its share of every class, as nearly as the units allow: in random
 * order each unit goes where it lessens most the distance between the class counts and their targets.
 */
final class Dealer {
    private final LabelledSet set;
    private final int[] candidates;
    private final long seed;

    Dealer(LabelledSet set, long seed) {
        this(set, IntStream.range(0, set.size()).toArray(), seed);
    }

    Dealer(LabelledSet set, int[] candidates, long seed) {
        this.set = set;
        this.candidates = candidates.clone();
        this.seed = seed;
    }

    /**
     * @param shares the parts' fractions, summing to 1
     * @return for each image of the set the number of its part, or -1 when it is no candidate
     */
    int[] deal(double[] shares) {
        double[][] targets = targets(shares);
        int[] classTotals = new int[set.classes().size()];
        for (int i : candidates) {
            classTotals[set.label(i)]++;
        }
        double[][] counts = new double[shares.length][classTotals.length];
        int[] part = new int[set.size()];
        Arrays.fill(part, -1);
        List<List<Integer>> units = shuffledUnits();
        for (List<Integer> unit : units) {
            int best = 0;
            double bestGain = Double.NEGATIVE_INFINITY;
            for (int p = 0; p < shares.length; p++) {
                double gain = gain(unit, counts[p], targets[p], classTotals);
                if (gain > bestGain) {
                    bestGain = gain;
                    best = p;
                }
            }
            for (int i : unit) {
                part[i] = best;
                counts[best][set.label(i)]++;
            }
        }
        giveEveryPartItsClasses(units, part, shares.length);
        return part;
    }

    /** A class that has units enough for every part but is missing in one gets its smallest spare unit moved there. */
    private void giveEveryPartItsClasses(List<List<Integer>> units, int[] part, int parts) {
        int[][] held = new int[parts][set.classes().size()];
        units.forEach(unit -> count(unit, held[part[unit.get(0)]], 1));
        for (int c = 0; c < set.classes().size(); c++) {
            for (int p = 0; p < parts; p++) {
                if (held[p][c] > 0) {
                    continue;
                }
                List<Integer> spare = null;
                for (List<Integer> unit : units) {
                    int[] there = held[part[unit.get(0)]];
                    if (labels(unit).contains(c)
                            && labels(unit).stream().allMatch(k -> there[k] > 1)
                            && (spare == null || unit.size() < spare.size())) {
                        spare = unit;
                    }
                }
                if (spare != null) {
                    count(spare, held[part[spare.get(0)]], -1);
                    count(spare, held[p], 1);
                    for (int i : spare) {
                        part[i] = p;
                    }
                }
            }
        }
    }

    /** Adds a unit to the numbers of units per class. */
    private void count(List<Integer> unit, int[] held, int change) {
        labels(unit).forEach(c -> held[c] += change);
    }

    private Set<Integer> labels(List<Integer> unit) {
        Set<Integer> labels = new TreeSet<>();
        unit.forEach(i -> labels.add(set.label(i)));
        return labels;
    }

    /** How much nearer the part's counts come to its targets when the unit joins, each class weighted by rarity. */
    private double gain(List<Integer> unit, double[] counts, double[] targets, int[] totals) {
        double[] added = new double[counts.length];
        for (int i : unit) {
            added[set.label(i)]++;
        }
        double gain = 0;
        for (int c = 0; c < counts.length; c++) {
            if (added[c] > 0) {
                double before = Math.abs(targets[c] - counts[c]);
                double after = Math.abs(targets[c] - counts[c] - added[c]);
                gain += (before - after) / totals[c] + (targets[c] - counts[c]) / (1e6 * totals[c]);
            }
        }
        return gain;
    }

    /** Class counts wanted per part; a class that can be on all sides gets at least one image everywhere. */
    private double[][] targets(double[] shares) {
        int[] totals = new int[set.classes().size()];
        for (int i : candidates) {
            totals[set.label(i)]++;
        }
        double[][] targets = new double[shares.length][totals.length];
        for (int c = 0; c < totals.length; c++) {
            for (int p = 0; p < shares.length; p++) {
                double share = shares[p] * totals[c];
                targets[p][c] = totals[c] >= shares.length ? Math.max(1, share) : share;
            }
        }
        return targets;
    }

    private List<List<Integer>> shuffledUnits() {
        List<List<Integer>> units = new ArrayList<>();
        for (int u = 0; u < set.unitCount(); u++) {
            units.add(new ArrayList<>());
        }
        for (int i : candidates) {
            units.get(set.unit(i)).add(i);
        }
        units.removeIf(List::isEmpty);
        Collections.shuffle(units, new Random(seed));
        return units;
    }
}

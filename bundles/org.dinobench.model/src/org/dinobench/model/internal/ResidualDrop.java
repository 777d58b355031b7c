package org.dinobench.model.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.model.DropSource;
import org.dinobench.torch.Tensors;

/**
 * Stochastic depth around a residual branch. On subsets of the batch (DINOv2, section 5): the branch is computed for
 * {@code max(floor(B * (1 - rate)), 1)} random samples of each segment, scaled by {@code B / subset} and added to
 * those; masked: computed for all and multiplied by 0 or {@code 1 / (1 - rate)}.
 */
public final class ResidualDrop {
    private ResidualDrop() {}

    /** A residual branch: packed rows of segments in, packed rows out. */
    @FunctionalInterface
    public interface Branch {
        /** @return as many rows of each segment as came in, or one a sample where only class tokens are wanted */
        Tensor apply(Tensor rows, List<Segment> segments);
    }

    /** The residual stream after the branch on random subsets. */
    static TokenStream subset(TokenStream stream, double rate, DropSource source, boolean last, Branch branch) {
        List<Segment> segments = stream.segments();
        List<Tensor> parts = stream.parts();
        List<Tensor> chosen = new ArrayList<>(parts.size());
        List<Tensor> indices = new ArrayList<>(parts.size());
        List<Segment> subsets = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            Segment segment = segments.get(i);
            int count = Math.max((int) (segment.samples() * (1 - rate)), 1);
            long[] permutation = source.permutation(segment.samples());
            Tensor index = Tensors.of(Arrays.copyOf(permutation, count), count)
                    .to(parts.get(i).device(), org.bytedeco.pytorch.global.torch.ScalarType.Long);
            indices.add(index);
            Segment subset = new Segment(count, segment.tokens(), segment.classTokenOnly());
            subsets.add(subset);
            chosen.add(samples(parts.get(i), segment).index_select(0, index).view(subset.rows(), -1));
        }
        Tensor residual = branch.apply(TokenStream.concatenate(chosen), subsets)
                .to(parts.get(0).scalar_type());
        List<Segment> after = last ? classTokens(segments) : segments;
        List<Tensor> residuals = TokenStream.split(residual, last ? classTokens(subsets) : subsets);
        List<Tensor> results = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            Segment segment = segments.get(i);
            Segment target = after.get(i);
            Tensor part = samples(narrowed(parts.get(i), segment, target), target);
            int count = subsets.get(i).samples();
            Tensor sum = part.index_add(
                    0,
                    indices.get(i),
                    residuals.get(i).view(count, -1).to(part.scalar_type()),
                    new Scalar((double) segment.samples() / count));
            results.add(sum.view(target.rows(), -1));
        }
        return TokenStream.ofParts(after, results);
    }

    /** The residual stream after the branch on all samples with a random factor for each. */
    static TokenStream masked(TokenStream stream, double rate, DropSource source, boolean last, Branch branch) {
        List<Segment> segments = stream.segments();
        List<Segment> after = last ? classTokens(segments) : segments;
        Tensor rows = stream.packed();
        List<Tensor> residuals = TokenStream.split(branch.apply(rows, segments).to(rows.scalar_type()), after);
        List<Tensor> parts = stream.parts();
        List<Tensor> results = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            Segment target = after.get(i);
            boolean[] keep = source.keep(target.samples(), 1 - rate);
            double[] factors = new double[keep.length];
            for (int j = 0; j < keep.length; j++) {
                factors[j] = keep[j] ? 1 / (1 - rate) : 0;
            }
            Tensor part = narrowed(parts.get(i), segments.get(i), target);
            Tensor factor = Tensors.of(factors, factors.length, 1).to(part.device(), part.scalar_type());
            results.add(samples(part, target)
                    .addcmul(samples(residuals.get(i), target).to(part.scalar_type()), factor)
                    .view(target.rows(), -1));
        }
        return TokenStream.ofParts(after, results);
    }

    /** The residual stream plus the branch. */
    static TokenStream none(TokenStream stream, boolean last, Branch branch) {
        List<Segment> segments = stream.segments();
        Tensor residual = branch.apply(stream.packed(), segments);
        if (!last || segments.stream().noneMatch(Segment::classTokenOnly)) {
            return TokenStream.ofPacked(segments, stream.packed().add(residual));
        }
        List<Segment> after = classTokens(segments);
        List<Tensor> kept = new ArrayList<>(after.size());
        List<Tensor> parts = stream.parts();
        for (int i = 0; i < parts.size(); i++) {
            kept.add(narrowed(parts.get(i), segments.get(i), after.get(i)));
        }
        return TokenStream.ofPacked(after, TokenStream.concatenate(kept).add(residual));
    }

    /** Segments as they are after those that want only their class token have lost the others. */
    static List<Segment> classTokens(List<Segment> segments) {
        return segments.stream()
                .map(segment -> segment.classTokenOnly() ? new Segment(segment.samples(), 1, true) : segment)
                .toList();
    }

    private static Tensor narrowed(Tensor rows, Segment from, Segment to) {
        if (from.tokens() == to.tokens()) {
            return rows;
        }
        return rows.view(from.samples(), from.tokens(), -1)
                .narrow(1, 0, to.tokens())
                .reshape(to.rows(), -1);
    }

    private static Tensor samples(Tensor rows, Segment segment) {
        return rows.view(segment.samples(), -1);
    }
}

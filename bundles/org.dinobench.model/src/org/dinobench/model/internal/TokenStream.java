package org.dinobench.model.internal;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;

/**
 * The residual stream: rows of all segments, held as one packed tensor {@code [rows, D]} or as one tensor a segment,
 * whichever the last step made; the other form is made on demand.
 */
final class TokenStream {
    private final List<Segment> segments;
    private final Tensor packed;
    private final List<Tensor> parts;

    private TokenStream(List<Segment> segments, Tensor packed, List<Tensor> parts) {
        this.segments = segments;
        this.packed = packed;
        this.parts = parts;
    }

    /** @param packed {@code [rows, D]} */
    static TokenStream ofPacked(List<Segment> segments, Tensor packed) {
        return new TokenStream(segments, packed, null);
    }

    /** @param parts one {@code [samples * tokens, D]} a segment */
    static TokenStream ofParts(List<Segment> segments, List<Tensor> parts) {
        return parts.size() == 1
                ? new TokenStream(segments, parts.get(0), parts)
                : new TokenStream(segments, null, parts);
    }

    /** Hands the rows to the scope around this one, where they outlive it. */
    TokenStream keptFrom(TensorScope scope) {
        if (packed != null) {
            scope.keep(packed);
        }
        if (parts != null) {
            parts.stream().filter(part -> part != packed).forEach(scope::keep);
        }
        return this;
    }

    List<Segment> segments() {
        return segments;
    }

    /** All rows as one tensor {@code [rows, D]}. */
    Tensor packed() {
        return packed != null ? packed : concatenate(parts);
    }

    /** The rows by segment, {@code [samples * tokens, D]} each. */
    List<Tensor> parts() {
        return parts != null ? parts : split(packed, segments);
    }

    static Tensor concatenate(List<Tensor> parts) {
        return parts.size() == 1 ? parts.get(0) : torch.cat(Tensors.vector(parts), 0);
    }

    static List<Tensor> split(Tensor rows, List<Segment> segments) {
        if (segments.size() == 1) {
            return List.of(rows);
        }
        long[] sizes = segments.stream().mapToLong(Segment::rows).toArray();
        TensorVector split = rows.split_with_sizes(sizes, 0);
        List<Tensor> parts = new ArrayList<>(sizes.length);
        for (int i = 0; i < sizes.length; i++) {
            parts.add(split.get(i));
        }
        return parts;
    }
}

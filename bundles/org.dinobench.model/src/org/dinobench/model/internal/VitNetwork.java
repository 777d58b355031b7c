package org.dinobench.model.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.dinobench.model.CropBatch;
import org.dinobench.model.ForwardOptions;
import org.dinobench.model.VitConfig;
import org.dinobench.model.VitOutput;
import org.dinobench.torch.FlatParameters;
import org.dinobench.torch.TensorScope;

/** The computation of a vision transformer on checked input. */
public final class VitNetwork {
    private static final String EMBEDDINGS = "embeddings";
    private static final String NORM = "norm";

    private final VitConfig config;
    private final FlatParameters.Module module;
    private final Embeddings embeddings;
    private final List<Block> blocks;
    private final Norm norm;

    /** Takes the parameters of one backbone. */
    public VitNetwork(VitConfig config, FlatParameters.Module module) {
        this.config = config;
        this.module = module;
        this.embeddings = new Embeddings(module, config);
        this.blocks = IntStream.range(0, config.depth())
                .mapToObj(i -> new Block(module, config, i))
                .toList();
        this.norm = new Norm(module, "norm");
    }

    /** All batches as one packed sequence. */
    public List<VitOutput> forward(List<CropBatch> crops, ForwardOptions options) {
        TokenStream stream = embed(crops);
        for (int i = 0; i < blocks.size(); i++) {
            stream = block(i, stream, options);
        }
        return outputs(stream, crops);
    }

    private TokenStream block(int index, TokenStream stream, ForwardOptions options) {
        boolean last = index == blocks.size() - 1;
        if (options.checkpoint() == null) {
            return apply(index, stream, options, last);
        }
        ForwardOptions repeatable = RecordedDrop.wrap(options);
        List<Segment> after = last ? ResidualDrop.classTokens(stream.segments()) : stream.segments();
        Tensor out = options.checkpoint().run(stream.packed(), rows -> apply(
                        index, TokenStream.ofPacked(stream.segments(), rows), RecordedDrop.rewound(repeatable), last)
                .packed());
        return TokenStream.ofPacked(after, out);
    }

    /**
     * What a block computes on the way lives on only where the backward pass needs it, and its memory serves the next
     * block while it is still in the processor's cache.
     */
    private TokenStream apply(int index, TokenStream stream, ForwardOptions options, boolean last) {
        String unit = "blocks." + index;
        module.enter(unit);
        try (TensorScope scope = TensorScope.open()) {
            return blocks.get(index).apply(stream, options, last).keptFrom(scope);
        } finally {
            module.leave(unit);
        }
    }

    /** The outputs of the last {@code count} blocks through the final norm. */
    public List<VitOutput> lastBlocks(CropBatch batch, int count) {
        List<VitOutput> outputs = new ArrayList<>(count);
        TokenStream stream = embed(List.of(batch));
        for (int i = 0; i < blocks.size(); i++) {
            stream = apply(i, stream, ForwardOptions.EVALUATION, false);
            if (i >= blocks.size() - count) {
                outputs.add(outputs(stream, List.of(batch)).get(0));
            }
        }
        return outputs;
    }

    /** Probabilities {@code [B, H, T, T]} of one block. */
    public Tensor attention(CropBatch batch, int index) {
        TokenStream stream = embed(List.of(batch));
        for (int i = 0; i < index; i++) {
            stream = apply(i, stream, ForwardOptions.EVALUATION, false);
        }
        String unit = "blocks." + index;
        module.enter(unit);
        Tensor probabilities = blocks.get(index).probabilities(stream);
        module.leave(unit);
        return probabilities;
    }

    /** Position embeddings of a grid. */
    public Tensor positions(int rows, int columns) {
        module.enter(EMBEDDINGS);
        Tensor positions = embeddings.positions(rows, columns);
        module.leave(EMBEDDINGS);
        return positions;
    }

    private TokenStream embed(List<CropBatch> crops) {
        List<Segment> segments = new ArrayList<>(crops.size());
        List<Tensor> parts = new ArrayList<>(crops.size());
        module.enter(EMBEDDINGS);
        for (CropBatch batch : crops) {
            Tensor tokens = embed(batch);
            Segment segment = new Segment((int) tokens.size(0), (int) tokens.size(1), batch.classTokenOnly());
            segments.add(segment);
            parts.add(tokens.view(segment.rows(), config.width()));
        }
        module.leave(EMBEDDINGS);
        return TokenStream.ofParts(List.copyOf(segments), parts);
    }

    private Tensor embed(CropBatch batch) {
        try (TensorScope scope = TensorScope.open()) {
            return scope.keep(wide(embeddings.apply(batch)));
        }
    }

    /** The residual stream of a 16-bit network stays in fp32: small branches would be lost in its rounding. */
    private static Tensor wide(Tensor tokens) {
        ScalarType type = tokens.scalar_type().intern();
        return type == ScalarType.BFloat16 || type == ScalarType.Half ? tokens.to(ScalarType.Float) : tokens;
    }

    private List<VitOutput> outputs(TokenStream stream, List<CropBatch> crops) {
        List<Segment> segments = stream.segments();
        Tensor rows = stream.packed();
        List<Tensor> before = TokenStream.split(rows, segments);
        module.enter(NORM);
        List<Tensor> after = TokenStream.split(norm.apply(rows), segments);
        module.leave(NORM);
        List<VitOutput> outputs = new ArrayList<>(crops.size());
        for (int i = 0; i < crops.size(); i++) {
            Tensor images = crops.get(i).images();
            int gridHeight = (int) images.size(2) / config.patch();
            int gridWidth = (int) images.size(3) / config.patch();
            Segment segment = segments.get(i);
            if (segment.classTokenOnly()) {
                outputs.add(new VitOutput(after.get(i), null, null, null, gridHeight, gridWidth));
                continue;
            }
            int registers = config.registers();
            int patches = segment.tokens() - 1 - registers;
            TensorVector tokens = after.get(i)
                    .view(segment.samples(), segment.tokens(), config.width())
                    .split_with_sizes(new long[] {1, registers, patches}, 1);
            outputs.add(new VitOutput(
                    tokens.get(0).squeeze(1),
                    registers == 0 ? null : tokens.get(1),
                    tokens.get(2),
                    before.get(i).view(segment.samples(), segment.tokens(), config.width()),
                    gridHeight,
                    gridWidth));
        }
        return outputs;
    }
}

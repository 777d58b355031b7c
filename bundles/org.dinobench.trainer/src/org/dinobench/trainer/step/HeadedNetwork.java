package org.dinobench.trainer.step;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.dinobench.model.DinoHead;
import org.dinobench.model.VisionTransformer;
import org.dinobench.torch.ComputeDevice;
import org.dinobench.torch.FlatParameters;

/** A backbone with its heads over one set of flat parameters: a student, a teacher or an average. */
public final class HeadedNetwork implements AutoCloseable {
    private final ModelShape shape;
    private final FlatParameters parameters;
    private final VisionTransformer backbone;
    private final DinoHead dinoHead;
    private final DinoHead ibotHead;

    /**
     * @param shape the shapes
     * @param parameters made from {@link ModelShape#layout()}; closed with this
     */
    public HeadedNetwork(ModelShape shape, FlatParameters parameters) {
        this.shape = shape;
        this.parameters = parameters;
        this.backbone = new VisionTransformer(shape.backbone(), parameters.module(ModelShape.BACKBONE));
        this.dinoHead = new DinoHead(shape.dinoHead(), parameters.module(ModelShape.DINO_HEAD));
        this.ibotHead = shape.ibotHead()
                .map(head -> new DinoHead(head, parameters.module(ModelShape.IBOT_HEAD)))
                .orElse(dinoHead);
    }

    /** A trained network with parameters of its own, drawn from a seed. */
    public static HeadedNetwork trained(ModelShape shape, ScalarType type, ComputeDevice device, long seed) {
        FlatParameters parameters = FlatParameters.create(shape.layout(), type, device, 1);
        parameters.initialize(seed);
        return new HeadedNetwork(shape, parameters);
    }

    /** A copy that records nothing: a teacher that begins as this network. */
    public HeadedNetwork likeTeacher() {
        return new HeadedNetwork(shape, parameters.likeTeacher());
    }

    /** The shapes. */
    public ModelShape shape() {
        return shape;
    }

    /** The parameters, of the modules {@code backbone}, {@code dino_head} and perhaps {@code ibot_head}. */
    public FlatParameters parameters() {
        return parameters;
    }

    /** The backbone. */
    public VisionTransformer backbone() {
        return backbone;
    }

    /** Prototype scores of class tokens: {@code [rows, D] -> [rows, K]}. */
    public Tensor dinoLogits(Tensor tokens) {
        return dinoHead.forward(tokens);
    }

    /** Prototype scores of patch tokens: {@code [rows, D] -> [rows, K']}. */
    public Tensor ibotLogits(Tensor tokens) {
        return ibotHead.forward(tokens);
    }

    /** Whether class tokens and patches go through one head. */
    public boolean sharedHead() {
        return dinoHead == ibotHead;
    }

    @Override
    public void close() {
        parameters.close();
    }
}

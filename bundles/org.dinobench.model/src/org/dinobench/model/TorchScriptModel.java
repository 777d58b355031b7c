package org.dinobench.model;

import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.torch.TensorScope;
import org.dinobench.torch.Tensors;
import org.dinobench.torch.Torch;

/**
 * A TorchScript file as a black box that gives one vector an image: {@code [B, C, H, W]} to {@code [B, D]}, or a tuple or
 * list whose first element is that. A TorchScript file is a program; open only files of people you trust.
 */
public final class TorchScriptModel implements ImageEmbedder, AutoCloseable {
    private final Path file;
    private final int channels;
    private final JitModule module;
    private final int dimensions;

    private TorchScriptModel(Path file, int channels, JitModule module, int dimensions) {
        this.file = file;
        this.channels = channels;
        this.module = module;
        this.dimensions = dimensions;
    }

    /**
     * Opens a file and runs it once on an empty image to learn the length of its vectors.
     *
     * @param channels channels of its images
     * @param side pixels of the square image for the trial
     * @throws BadInputException when it is no TorchScript file or does not give vectors
     */
    public static TorchScriptModel open(Path file, int channels, int side) {
        if (!Files.isRegularFile(file)) {
            throw new BadInputException(file.toString(), "there is no such file", "check the path");
        }
        try (TensorScope scope = TensorScope.open()) {
            JitModule module;
            try {
                module = torch.load(file.toString());
                module.eval();
            } catch (RuntimeException e) {
                throw new BadInputException(
                        file.toString(), "it is no TorchScript file", "write it with torch.jit.save", e);
            }
            try (Torch.GradSwitch off = Torch.noGrad()) {
                Tensor trial = run(file, module, torch.zeros(1, channels, side, side), 1);
                int dimensions = Math.toIntExact(trial.size(1));
                return new TorchScriptModel(file, channels, scope.detach(module), dimensions);
            }
        }
    }

    @Override
    public int dimensions() {
        return dimensions;
    }

    @Override
    public float[] embed(FloatBuffer images, int batch, int height, int width) {
        try (TensorScope scope = TensorScope.open();
                Torch.GradSwitch off = Torch.noGrad()) {
            FloatBuffer exact = images.slice();
            exact.limit(Math.toIntExact((long) batch * channels * height * width));
            Tensor out = run(file, module, Tensors.wrap(exact, batch, channels, height, width), batch);
            if (out.size(1) != dimensions) {
                throw new BadInputException(
                        file.toString(),
                        "its vectors have " + out.size(1) + " elements, earlier ones " + dimensions,
                        "use images of one size");
            }
            return Tensors.floats(out);
        }
    }

    private static Tensor run(Path file, JitModule module, Tensor images, int batch) {
        IValue result;
        try {
            result = module.forward(new IValueVector(new IValue(images)));
        } catch (RuntimeException e) {
            throw new BadInputException(
                    file.toString(),
                    "it fails on images of shape " + Arrays.toString(Tensors.shape(images)) + " ("
                            + firstLine(e.getMessage()) + ")",
                    "check the size it was made for",
                    e);
        }
        if (result.isTuple() && result.toTupleRef().elements().size() > 0) {
            result = result.toTupleRef().elements().get(0);
        } else if (result.isTensorList() && result.toTensorVector().size() > 0) {
            result = new IValue(result.toTensorVector().get(0));
        }
        if (!result.isTensor()
                || result.toTensor().dim() != 2
                || result.toTensor().size(0) != batch) {
            throw new BadInputException(
                    file.toString(), "it does not give one vector an image", "its result must be [B, D]");
        }
        return result.toTensor();
    }

    private static String firstLine(String text) {
        return text == null ? "" : text.lines().findFirst().orElse("");
    }

    @Override
    public void close() {
        module.close();
    }
}

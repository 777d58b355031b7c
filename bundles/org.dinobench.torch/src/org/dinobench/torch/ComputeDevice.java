package org.dinobench.torch;

import java.util.Locale;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch;
import org.dinobench.core.problem.BadInputException;

/**
 * Where tensors live and operations run.
 *
 * @param type {@code "cpu"} or {@code "cuda"}
 * @param index the GPU's number from 0; 0 for the CPU
 */
public record ComputeDevice(String type, int index) {
    /** The processor. */
    public static final ComputeDevice CPU = new ComputeDevice("cpu", 0);

    /** Checks the parts. */
    public ComputeDevice {
        if (!type.equals("cpu") && !type.equals("cuda")) {
            throw new IllegalArgumentException("Unknown kind of device: " + type);
        }
        if (index < 0) {
            throw new IllegalArgumentException("A device number is 0 or more: " + index);
        }
    }

    /**
     * Reads {@code cpu}, {@code cuda}, {@code cuda:1} or {@code auto} (a GPU when libtorch sees one).
     *
     * @param where the option or key for error messages
     * @throws BadInputException for other texts, and for a GPU that is not there
     */
    public static ComputeDevice parse(String where, String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        if (lower.equals("cpu")) {
            return CPU;
        }
        Torch.start();
        if (lower.equals("auto")) {
            return torch.cuda_is_available() ? new ComputeDevice("cuda", 0) : CPU;
        }
        if (!lower.matches("cuda(:\\d{1,3})?")) {
            throw new BadInputException(where, "unknown device '" + text + "'", "use cpu, cuda, cuda:N or auto");
        }
        int index = lower.length() == 4 ? 0 : Integer.parseInt(lower.substring(5));
        if (!torch.cuda_is_available() || index >= torch.cuda_device_count()) {
            throw new BadInputException(where, "this libtorch sees no device '" + lower + "'", "use cpu");
        }
        return new ComputeDevice("cuda", index);
    }

    /** The native description; belongs to the current scope. */
    public Device toTorch() {
        Torch.start();
        return new Device(type.equals("cpu") ? "cpu" : "cuda:" + index);
    }

    @Override
    public String toString() {
        return type.equals("cpu") ? type : type + ":" + index;
    }
}

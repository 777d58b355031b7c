package org.dinobench.torch.format;

/** A pickle that is damaged or holds more than tensors; the message completes a sentence that starts with the file. */
final class PickleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PickleException(String problem) {
        super(problem);
    }
}

package org.dinobench.faiss;

/** A complaint of the Faiss library itself, such as an operation that a kind of index does not have. */
public final class FaissException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message the words of the library */
    public FaissException(String message) {
        super(message);
    }
}

package org.dinobench.evaluation.export;

/** Sentences about exports that are programs. */
final class ProgramNotes {
    private ProgramNotes() {}

    /** What the program takes. */
    static String input(ExportRequest request) {
        int size = request.transform().size();
        int patch = request.network().config().patch();
        return request.options().fixedSize()
                ? "It takes batches of any number of images of " + size + " x " + size + " pixels."
                : "It takes batches of any number of images whose sides are multiples of " + patch
                        + " pixels, square or not; it was checked at " + size + " x " + size + " and at another shape.";
    }
}

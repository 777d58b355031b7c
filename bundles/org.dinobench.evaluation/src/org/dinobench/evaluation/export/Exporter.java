package org.dinobench.evaluation.export;

import java.io.IOException;
import org.dinobench.core.job.JobMonitor;

/**
 * Writes a backbone in a form that other software reads. Implementations are stateless, and are found as OSGi services
 * of this type; further formats plug in by registering one.
 */
public interface Exporter {
    /** The name on the command line: lower-case, such as {@code hf}. */
    String format();

    /** One phrase for dialogs, such as {@code Hugging Face transformers folder}. */
    String title();

    /** Whether the target is a folder; otherwise it is a file. */
    boolean writesFolder();

    /**
     * The usual ending of the file, such as {@code .pth}; empty for folders.
     */
    String suffix();

    /**
     * Writes the model, opens what was written with the software that will read it, and compares the features.
     *
     * @return what was written and how near its features are
     * @throws org.dinobench.core.problem.BadInputException when the target cannot be used or the format has no place
     *     for this model
     * @throws IOException when writing fails
     */
    ExportResult export(ExportRequest request, JobMonitor monitor) throws IOException;
}

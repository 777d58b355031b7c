package org.dinobench.trainer.internal.loop;

import java.io.IOException;
import org.dinobench.core.workspace.CheckpointFolder;

/** Writes and reads checkpoints, of one process or of many. */
interface Checkpoints {
    /** Writes a checkpoint; it is complete, and every process knows it, when this returns. */
    void save(CheckpointFolder folder, Progress progress) throws IOException;

    /**
     * Takes up a checkpoint, however many processes wrote it.
     *
     * @throws org.dinobench.core.problem.BadInputException when it is damaged, or of another model
     */
    Progress load(CheckpointFolder folder) throws IOException;
}

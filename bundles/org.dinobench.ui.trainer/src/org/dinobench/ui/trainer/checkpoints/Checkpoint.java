package org.dinobench.ui.trainer.checkpoints;

import java.nio.file.Path;
import java.time.Instant;
import org.dinobench.ui.common.workspace.ModelSource;
import org.eclipse.core.runtime.IAdaptable;
import org.eclipse.osgi.util.NLS;

/**
 * A checkpoint of a run, as the workbench selects it.
 *
 * @param run the run's name
 * @param folder its folder
 * @param step steps done when it was taken
 * @param images images seen until then, -1 when its index does not tell
 * @param bytes size on disk
 * @param written when it was complete
 * @param knn k-NN accuracy of the last check at or before its step, 0 to 1; NaN when there was none
 * @param best whether no other checkpoint of the run has a higher one
 */
public record Checkpoint(
        String run, Path folder, long step, long images, long bytes, Instant written, double knn, boolean best)
        implements IAdaptable {
    @Override
    public <T> T getAdapter(Class<T> type) {
        return type == ModelSource.class
                ? type.cast(new ModelSource(NLS.bind("{0}, step {1}", run, Long.toString(step)), folder)) // $NON-NLS-1$
                : null;
    }
}

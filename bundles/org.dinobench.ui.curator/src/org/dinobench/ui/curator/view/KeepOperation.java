package org.dinobench.ui.curator.view;

import java.io.IOException;
import java.util.List;
import org.dinobench.core.catalog.KeepDecision;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.dinobench.ui.curator.Messages;
import org.dinobench.ui.curator.model.ImageElement;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.commands.operations.AbstractOperation;
import org.eclipse.core.commands.operations.IOperationHistory;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IAdaptable;
import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.osgi.util.NLS;

/** A person's decision on an image, which can be taken back. */
final class KeepOperation extends AbstractOperation {
    private final ImageElement image;
    private final boolean keep;

    KeepOperation(ImageElement image, boolean keep) {
        super(NLS.bind(keep ? Messages.Duplicates_UndoKeep : Messages.Duplicates_UndoDrop, image.name()));
        this.image = image;
        this.keep = keep;
    }

    void runOn(IOperationHistory history) {
        try {
            history.execute(this, null, null);
        } catch (ExecutionException e) {
            ILog.of(KeepOperation.class).error(e.getMessage(), e);
        }
    }

    @Override
    public IStatus execute(IProgressMonitor monitor, IAdaptable info) {
        String reason = keep ? Messages.Duplicates_ReasonKeep : Messages.Duplicates_ReasonDrop;
        return later(() -> image.dataset()
                .catalog()
                .decide(List.of(new KeepDecision(image.entry().id(), keep, reason))));
    }

    @Override
    public IStatus redo(IProgressMonitor monitor, IAdaptable info) {
        return execute(monitor, info);
    }

    @Override
    public IStatus undo(IProgressMonitor monitor, IAdaptable info) {
        if (image.entry().decidedByPerson()) {
            return later(() -> image.dataset()
                    .catalog()
                    .decide(List.of(new KeepDecision(
                            image.entry().id(),
                            image.entry().keep(),
                            image.entry().reason()))));
        }
        return later(
                () -> image.dataset().catalog().undecide(List.of(image.entry().id())));
    }

    /** The catalog may be busy with a worker: waiting for it must not hold the window. */
    private static IStatus later(CatalogChange change) {
        ICoreRunnable runnable = monitor -> {
            try {
                change.apply();
                ActiveWorkspace.refreshIfOpen();
            } catch (IOException | BadInputException e) {
                throw new CoreException(Status.error(e.getMessage(), e));
            }
        };
        Job.create(Messages.Duplicates_DecideJob, runnable).schedule();
        return Status.OK_STATUS;
    }

    @FunctionalInterface
    private interface CatalogChange {
        void apply() throws IOException;
    }
}

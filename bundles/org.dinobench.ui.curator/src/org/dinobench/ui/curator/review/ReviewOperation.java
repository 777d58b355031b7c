package org.dinobench.ui.curator.review;

import java.io.IOException;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.dinobench.ui.curator.Messages;
import org.dinobench.ui.curator.model.CuratorModel;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.commands.operations.AbstractOperation;
import org.eclipse.core.commands.operations.IUndoContext;
import org.eclipse.core.commands.operations.ObjectUndoContext;
import org.eclipse.core.commands.operations.OperationHistoryFactory;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IAdaptable;
import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.ISchedulingRule;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.PlatformUI;

/**
 * What a person decides while looking at images; it can be taken back from every view of the curator. The catalog may be
 * busy with a worker, so the work is done in the background, one decision after the other.
 */
public abstract class ReviewOperation extends AbstractOperation {
    private static final IUndoContext CONTEXT = new ObjectUndoContext(CuratorModel.class, "curator"); // $NON-NLS-1$
    private static final ISchedulingRule ONE_BY_ONE = new ISchedulingRule() {
        @Override
        public boolean contains(ISchedulingRule rule) {
            return rule == this;
        }

        @Override
        public boolean isConflicting(ISchedulingRule rule) {
            return rule == this;
        }
    };

    /** @param label what it does, for the Edit menu */
    protected ReviewOperation(String label) {
        super(label);
        addContext(CONTEXT);
    }

    /** {@return where decisions are remembered} */
    public static IUndoContext context() {
        return CONTEXT;
    }

    /** Does it, not on the UI thread. */
    protected abstract void apply() throws IOException;

    /** Takes it back, not on the UI thread. */
    protected abstract void revert() throws IOException;

    /** Does it now and remembers it. */
    public final void perform() {
        try {
            OperationHistoryFactory.getOperationHistory().execute(this, null, null);
        } catch (ExecutionException e) {
            ILog.of(ReviewOperation.class).error(e.getMessage(), e);
        }
    }

    @Override
    public final IStatus execute(IProgressMonitor monitor, IAdaptable info) {
        return later(this::apply);
    }

    @Override
    public final IStatus redo(IProgressMonitor monitor, IAdaptable info) {
        return later(this::apply);
    }

    @Override
    public final IStatus undo(IProgressMonitor monitor, IAdaptable info) {
        return later(this::revert);
    }

    private static IStatus later(Change change) {
        Display display = PlatformUI.getWorkbench().getDisplay();
        ICoreRunnable runnable = monitor -> {
            try {
                change.run();
            } catch (IOException | BadInputException e) {
                throw new CoreException(Status.error(e.getMessage(), e));
            }
            ActiveWorkspace.refreshIfOpen();
            if (!display.isDisposed()) {
                display.asyncExec(() -> CuratorModel.shared().reload());
            }
        };
        Job job = Job.create(Messages.Duplicates_DecideJob, runnable);
        job.setRule(ONE_BY_ONE);
        job.schedule();
        return Status.OK_STATUS;
    }

    @FunctionalInterface
    private interface Change {
        void run() throws IOException;
    }
}

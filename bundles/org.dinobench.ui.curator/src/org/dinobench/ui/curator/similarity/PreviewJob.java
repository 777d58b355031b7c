package org.dinobench.ui.curator.similarity;

import java.util.function.Consumer;
import org.dinobench.curator.dedup.DuplicatePreview;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;

/** Finds the effect of a threshold beside the UI thread; while a slider is dragged, only its last place counts. */
public final class PreviewJob extends Job {
    private final Control owner;
    private final Display display;
    private final Consumer<DuplicatePreview.Effect> sink;
    private volatile DuplicatePreview preview;
    private volatile double wanted;

    /**
     * A job that does nothing yet.
     *
     * @param owner when it is disposed, nothing is told any more
     * @param sink gets the effect on the UI thread
     */
    public PreviewJob(Control owner, Consumer<DuplicatePreview.Effect> sink) {
        super("threshold preview"); // $NON-NLS-1$
        this.owner = owner;
        this.display = owner.getDisplay();
        this.sink = sink;
        setSystem(true);
        setPriority(SHORT);
    }

    /** Asks for the effect of a threshold. */
    public void ask(DuplicatePreview of, double threshold) {
        preview = of;
        wanted = threshold;
        schedule();
    }

    @Override
    protected IStatus run(IProgressMonitor monitor) {
        DuplicatePreview of = preview;
        double threshold = wanted;
        DuplicatePreview.Effect effect = of.at(threshold);
        if (!display.isDisposed()) {
            display.asyncExec(() -> {
                if (!owner.isDisposed() && of == preview && threshold == wanted) {
                    sink.accept(effect);
                }
            });
        }
        return Status.OK_STATUS;
    }
}

package org.dinobench.ui.evaluation.wizard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.dinobench.ui.common.theme.Icons;
import org.dinobench.ui.common.worker.WorkerJob;
import org.dinobench.ui.common.worker.WorkerRequest;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.dinobench.ui.common.workspace.ModelSource;
import org.dinobench.ui.evaluation.Messages;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.wizard.Wizard;
import org.eclipse.osgi.util.NLS;
import org.eclipse.ui.INewWizard;
import org.eclipse.ui.IWorkbench;

/** Measures a model on a dataset, in a process of its own. */
public final class EvaluateWizard extends Wizard implements INewWizard {
    private EvaluatePage page;
    private ModelSource preferred;

    /** A wizard on the workspace that is open. */
    public EvaluateWizard() {
        setWindowTitle(Messages.Evaluate_Title);
        setDefaultPageImageDescriptor(Icons.EVALUATION.banner());
    }

    @Override
    public void init(IWorkbench workbench, IStructuredSelection selection) {
        preferred = ModelSource.of(selection).orElse(null);
    }

    @Override
    public void addPages() {
        page = new EvaluatePage(preferred);
        addPage(page);
    }

    /** {@return the page} */
    public EvaluatePage page() {
        return page;
    }

    @Override
    public boolean performFinish() {
        new WorkerJob(request()).schedule();
        return true;
    }

    /** {@return the worker that this wizard would start} */
    public WorkerRequest request() {
        String tasks = page.tasks().stream()
                .map(t -> t.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(",")); // $NON-NLS-1$
        List<String> arguments = new ArrayList<>(List.of(
                "evaluate", //$NON-NLS-1$
                "--model", //$NON-NLS-1$
                page.model().path().toString(),
                "--dataset", //$NON-NLS-1$
                page.dataset(),
                "--task", //$NON-NLS-1$
                tasks,
                "--out", //$NON-NLS-1$
                page.name(),
                "--workspace", //$NON-NLS-1$
                ActiveWorkspace.get().root().toString()));
        if (page.leavesOutRare()) {
            arguments.add("--leave-out-rare"); // $NON-NLS-1$
        }
        return new WorkerRequest(NLS.bind(Messages.Evaluate_Job, page.model().name()), arguments);
    }
}

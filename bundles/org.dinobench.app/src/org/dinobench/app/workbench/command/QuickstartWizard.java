package org.dinobench.app.workbench.command;

import java.util.ArrayList;
import java.util.List;
import org.dinobench.app.workbench.Messages;
import org.dinobench.ui.common.theme.Icons;
import org.dinobench.ui.common.worker.WorkerJob;
import org.dinobench.ui.common.worker.WorkerRequest;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.wizard.Wizard;
import org.eclipse.ui.INewWizard;
import org.eclipse.ui.IWorkbench;

/** Starts the whole way, from images to a measured model, as one job. */
public final class QuickstartWizard extends Wizard implements INewWizard {
    private final QuickstartPage page = new QuickstartPage();

    /** A wizard on the workspace that is open. */
    public QuickstartWizard() {
        setWindowTitle(Messages.Quickstart_Title);
        setDefaultPageImageDescriptor(Icons.QUICKSTART.banner());
    }

    @Override
    public void init(IWorkbench workbench, IStructuredSelection selection) {
        // nothing depends on the selection
    }

    @Override
    public void addPages() {
        addPage(page);
    }

    @Override
    public boolean performFinish() {
        List<String> arguments = new ArrayList<>(List.of("quickstart")); // $NON-NLS-1$
        page.folder().ifPresent(folder -> arguments.addAll(List.of("--images", folder.toString()))); // $NON-NLS-1$
        arguments.addAll(List.of(
                "--workspace", //$NON-NLS-1$
                ActiveWorkspace.get().root().toString(),
                "--minutes", //$NON-NLS-1$
                Integer.toString(page.minutes()),
                "--no-ui")); //$NON-NLS-1$
        new WorkerJob(new WorkerRequest(Messages.Quickstart_Job, arguments)).schedule();
        return true;
    }
}

package org.dinobench.ui.curator.wizard;

import java.util.ArrayList;
import java.util.List;
import org.dinobench.ui.common.theme.Icons;
import org.dinobench.ui.common.worker.WorkerJob;
import org.dinobench.ui.common.worker.WorkerRequest;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.dinobench.ui.curator.Messages;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.wizard.Wizard;
import org.eclipse.osgi.util.NLS;
import org.eclipse.ui.IImportWizard;
import org.eclipse.ui.INewWizard;
import org.eclipse.ui.IWorkbench;

/** Imports a folder of images into a dataset. */
public final class ImportWizard extends Wizard implements INewWizard, IImportWizard {
    private final ImportPage page = new ImportPage();

    /** A wizard on the workspace that is open. */
    public ImportWizard() {
        setWindowTitle(Messages.Import_Title);
        setDefaultPageImageDescriptor(Icons.IMPORT.banner());
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
        new WorkerJob(request()).schedule();
        return true;
    }

    /** {@return the worker that this wizard would start} */
    public WorkerRequest request() {
        List<String> arguments = new ArrayList<>(List.of(
                "import", //$NON-NLS-1$
                "--images", //$NON-NLS-1$
                page.folder().toString(),
                "--dataset", //$NON-NLS-1$
                page.name(),
                "--workspace", //$NON-NLS-1$
                ActiveWorkspace.get().root().toString()));
        if (!page.labelsFromFolders()) {
            arguments.add("--no-labels"); // $NON-NLS-1$
        }
        return new WorkerRequest(NLS.bind(Messages.Import_Job, page.name()), arguments);
    }
}

package org.dinobench.ui.evaluation.wizard;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
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

/** Writes a model for other software, opens it again and compares its features; in a process of its own. */
public final class ExportWizard extends Wizard implements INewWizard {
    private ExportPage page;
    private ModelSource preferred;

    /** A wizard on the workspace that is open. */
    public ExportWizard() {
        setWindowTitle(Messages.Export_Title);
        setDefaultPageImageDescriptor(Icons.EXPORT.banner());
    }

    @Override
    public void init(IWorkbench workbench, IStructuredSelection selection) {
        preferred = ModelSource.of(selection).orElse(null);
    }

    @Override
    public void addPages() {
        page = new ExportPage(preferred);
        addPage(page);
    }

    /** {@return the page} */
    public ExportPage page() {
        return page;
    }

    @Override
    public boolean performFinish() {
        try {
            Files.createDirectories(page.file().getParent());
        } catch (IOException e) {
            page.setErrorMessage(NLS.bind(Messages.Export_NotWritten, e.getMessage()));
            return false;
        }
        new WorkerJob(request()).schedule();
        return true;
    }

    /** {@return the worker that this wizard would start} */
    public WorkerRequest request() {
        List<String> arguments = new ArrayList<>(List.of(
                "export", //$NON-NLS-1$
                "--model", //$NON-NLS-1$
                page.model().path().toString(),
                "--format", //$NON-NLS-1$
                page.format(),
                "--out", //$NON-NLS-1$
                page.file().toString(),
                "--workspace", //$NON-NLS-1$
                ActiveWorkspace.get().root().toString()));
        if (!page.licence().isEmpty()) {
            arguments.addAll(List.of("--licence", page.licence())); // $NON-NLS-1$
        }
        return new WorkerRequest(NLS.bind(Messages.Export_Job, page.model().name()), arguments);
    }
}

package org.dinobench.ui.trainer.wizard;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.dinobench.core.catalog.CatalogFilter;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.core.spec.train.TrainSpecResolver;
import org.dinobench.core.spec.train.TrainSpecs;
import org.dinobench.core.workspace.RunDirectory;
import org.dinobench.core.workspace.Workspace;
import org.dinobench.ui.common.theme.Icons;
import org.dinobench.ui.common.worker.WorkerJob;
import org.dinobench.ui.common.worker.WorkerRequest;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.dinobench.ui.common.workspace.ItemKind;
import org.dinobench.ui.common.workspace.RunDraft;
import org.dinobench.ui.common.workspace.WorkspaceItem;
import org.dinobench.ui.trainer.Messages;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.wizard.IWizardPage;
import org.eclipse.jface.wizard.Wizard;
import org.eclipse.osgi.util.NLS;
import org.eclipse.ui.INewWizard;
import org.eclipse.ui.IWorkbench;

/** Makes a run: a recipe, a dataset, a name and minutes become a spec, and a worker starts on it. */
public final class NewRunWizard extends Wizard implements INewWizard {
    private final RecipePage recipe = new RecipePage();
    private final DataPage data = new DataPage();

    /** A wizard on the workspace that is open. */
    public NewRunWizard() {
        setWindowTitle(Messages.NewRun_Title);
        RunDraft.take().ifPresent(draft -> {
            recipe.choose(draft.preset());
            data.setDraft(draft);
        });
        setDefaultPageImageDescriptor(Icons.RUN.banner());
    }

    @Override
    public void init(IWorkbench workbench, IStructuredSelection selection) {
        if (selection != null
                && selection.getFirstElement() instanceof WorkspaceItem item
                && item.kind() == ItemKind.DATASET) {
            data.prefer(item.name());
        }
    }

    @Override
    public void addPages() {
        addPage(recipe);
        addPage(data);
    }

    @Override
    public IWizardPage getNextPage(IWizardPage page) {
        IWizardPage next = super.getNextPage(page);
        if (next == data) {
            data.setPreset(recipe.preset());
        }
        return next;
    }

    @Override
    public boolean canFinish() {
        return getContainer().getCurrentPage() == data && data.isPageComplete();
    }

    @Override
    public boolean performFinish() {
        try {
            WorkerRequest request = write();
            ActiveWorkspace.refreshIfOpen();
            new WorkerJob(request).schedule();
            return true;
        } catch (IOException | BadInputException e) {
            data.setErrorMessage(NLS.bind(Messages.NewRun_NotWritten, e.getMessage()));
            return false;
        }
    }

    /**
     * Writes the run's folder with its spec.
     *
     * @return the worker that trains it
     * @throws IOException when it cannot be written
     */
    public WorkerRequest write() throws IOException {
        TrainSpec wanted = TrainSpecs.load(Optional.of(recipe.preset()), Optional.empty(), data.assignments())
                .spec();
        Workspace workspace = ActiveWorkspace.get().workspace();
        long images = workspace.dataset(data.dataset()).required().catalog().count(CatalogFilter.OK.withKeep(true));
        TrainSpec spec = TrainSpecResolver.resolve(
                        wanted, images, Runtime.getRuntime().availableProcessors())
                .spec();
        RunDirectory run = RunDirectory.create(workspace.runFolder(data.name()), spec);
        return new WorkerRequest(
                NLS.bind(Messages.NewRun_Job, data.name()),
                List.of(
                        "train", //$NON-NLS-1$
                        // the run's folder and spec are there already: the worker goes on with it from the beginning
                        "--resume", //$NON-NLS-1$
                        "--dataset", //$NON-NLS-1$
                        data.dataset(),
                        "--out", //$NON-NLS-1$
                        run.folder().toString(),
                        "--workspace", //$NON-NLS-1$
                        workspace.folder().toString()),
                Optional.of(run.folder()));
    }
}

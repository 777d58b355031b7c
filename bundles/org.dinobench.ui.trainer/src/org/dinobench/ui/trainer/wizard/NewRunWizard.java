package org.dinobench.ui.trainer.wizard;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.train.TrainPresets;
import org.dinobench.core.spec.train.TrainSpec;
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
import org.dinobench.ui.trainer.editor.SpecEditors;
import org.dinobench.ui.trainer.form.SpecDraft;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.wizard.IWizardPage;
import org.eclipse.jface.wizard.Wizard;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.osgi.util.NLS;
import org.eclipse.ui.INewWizard;
import org.eclipse.ui.IWorkbench;

/**
 * Makes a run: a recipe and what is changed in it on pages for data, model, objective, augmentation and resources become
 * a spec, and a worker starts on it.
 */
public final class NewRunWizard extends Wizard implements INewWizard {
    private final SpecDraft draft = new SpecDraft(TrainPresets.names().get(0), List.of());
    private final RecipePage recipe = new RecipePage();
    private final DataPage data = new DataPage(draft);
    private final ModelPage model = new ModelPage(draft);
    private final ObjectivePage objective = new ObjectivePage(draft);
    private final AugmentationPage augmentation = new AugmentationPage(draft, data);
    private final ResourcesPage resources = new ResourcesPage(draft, data);

    /** A wizard on the workspace that is open. */
    public NewRunWizard() {
        setWindowTitle(Messages.NewRun_Title);
        RunDraft.take().ifPresent(offered -> {
            recipe.choose(offered.preset());
            draft.start(offered.preset(), offered.assignments());
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
        addPage(model);
        addPage(objective);
        addPage(augmentation);
        addPage(resources);
    }

    @Override
    public IWizardPage getNextPage(IWizardPage page) {
        if (page == recipe && !draft.preset().equals(recipe.preset())) {
            draft.start(recipe.preset(), List.of());
            data.suggestName();
        }
        return super.getNextPage(page);
    }

    /** From the data page on, as soon as nothing is wrong: who trusts a recipe need not see the other pages. */
    @Override
    public boolean canFinish() {
        return getContainer().getCurrentPage() != recipe && draft.troubled().isEmpty() && super.canFinish();
    }

    @Override
    public boolean performFinish() {
        try {
            WorkerRequest request = write();
            ActiveWorkspace.refreshIfOpen();
            if (resources.starts()) {
                new WorkerJob(request).schedule();
            } else {
                SpecEditors.open(request.run().orElseThrow().resolve("spec.yaml")); // $NON-NLS-1$
            }
            return true;
        } catch (IOException | BadInputException e) {
            if (getContainer().getCurrentPage() instanceof WizardPage page) {
                page.setErrorMessage(NLS.bind(Messages.NewRun_NotWritten, e.getMessage()));
            }
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
        Workspace workspace = ActiveWorkspace.get().workspace();
        RunPlace place = resources.place();
        long images = RunEstimate.images(workspace, data.dataset());
        TrainSpec spec = RunEstimate.resolved(draft.spec(), images, place.here());
        RunDirectory run = RunDirectory.create(workspace.runFolder(data.name()), spec);
        List<String> arguments = new ArrayList<>(List.of(
                "train", //$NON-NLS-1$
                // the run's folder and spec are there already: the worker goes on with it from the beginning
                "--resume", //$NON-NLS-1$
                "--dataset", //$NON-NLS-1$
                data.dataset(),
                "--out", //$NON-NLS-1$
                run.folder().toString(),
                "--workspace", //$NON-NLS-1$
                workspace.folder().toString()));
        arguments.addAll(place.options());
        return new WorkerRequest(NLS.bind(Messages.NewRun_Job, data.name()), arguments, Optional.of(run.folder()));
    }

    /** {@return what the pages fill in, for tests} */
    public SpecDraft draft() {
        return draft;
    }
}

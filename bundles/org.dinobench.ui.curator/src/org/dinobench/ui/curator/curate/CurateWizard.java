package org.dinobench.ui.curator.curate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dinobench.core.catalog.CatalogEntry;
import org.dinobench.core.catalog.CatalogFilter;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.SpecReader;
import org.dinobench.core.spec.SpecWriter;
import org.dinobench.core.workspace.DatasetDirectory;
import org.dinobench.core.workspace.Names;
import org.dinobench.curator.spec.CurationSpec;
import org.dinobench.ui.common.theme.Icons;
import org.dinobench.ui.common.worker.WorkerJob;
import org.dinobench.ui.common.worker.WorkerRequest;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.dinobench.ui.common.workspace.ItemKind;
import org.dinobench.ui.common.workspace.WorkspaceItem;
import org.dinobench.ui.curator.Messages;
import org.dinobench.ui.curator.model.CuratorModel;
import org.dinobench.ui.curator.similarity.Evidence;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.wizard.Wizard;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.INewWizard;
import org.eclipse.ui.IWorkbench;

/**
 * Makes a curation: what looks at the images, what is a copy, how images are grouped and evened out become a
 * specification that the command line takes, too, and a worker starts on it.
 */
public final class CurateWizard extends Wizard implements INewWizard {
    /** The specification that was asked for last, beside the results of the curation. */
    public static final String REQUEST = "request.yaml"; // $NON-NLS-1$

    private final ModelPage model = new ModelPage();
    private final CopiesPage copies = new CopiesPage();
    private final ClustersPage clusters = new ClustersPage();
    private final SummaryPage summary = new SummaryPage();
    private final CurationSpec start;
    private final String preferredName;
    private String preferredDataset;
    private String known = ""; // $NON-NLS-1$
    private long images;

    /** A wizard that starts from the defaults. */
    public CurateWizard() {
        this(CurationSpec.defaults(), "", "default"); // $NON-NLS-1$ //$NON-NLS-2$
    }

    /**
     * A wizard that starts from an earlier curation.
     *
     * @param spec of the earlier one
     * @param dataset its dataset, empty for the one that is shown
     * @param name of the earlier one
     */
    public CurateWizard(CurationSpec spec, String dataset, String name) {
        start = spec;
        preferredDataset = dataset.isEmpty() ? CuratorModel.shared().name() : dataset;
        preferredName = name;
        setWindowTitle(Messages.Curate_Title);
        setDefaultPageImageDescriptor(Icons.CURATION.banner());
    }

    @Override
    public void init(IWorkbench workbench, IStructuredSelection selection) {
        if (selection != null
                && selection.getFirstElement() instanceof WorkspaceItem item
                && item.kind() == ItemKind.DATASET) {
            preferredDataset = item.name();
        }
    }

    @Override
    public void addPages() {
        addPage(model);
        addPage(copies);
        addPage(clusters);
        addPage(summary);
    }

    CurationSpec start() {
        return start;
    }

    String preferredDataset() {
        return preferredDataset;
    }

    String preferredName() {
        return preferredName;
    }

    /** {@return images of the chosen dataset that decode; 0 while they are not counted} */
    long images() {
        return images;
    }

    String datasetName() {
        return model.dataset().map(DatasetDirectory::name).orElse(""); // $NON-NLS-1$
    }

    String modelForCopies() {
        return model.modelForCopies();
    }

    /** What an assignment list makes of the specification that the wizard starts from. */
    CurationSpec spec(List<String> assignments) {
        CurationSpec spec = SpecReader.of(CurationSpec.class).setAll(start, assignments);
        spec.check();
        return spec;
    }

    /** The specification as all pages say. @throws BadInputException when they do not go together */
    CurationSpec spec() {
        List<String> all = new ArrayList<>();
        for (CuratePage page : List.of(model, copies, clusters)) {
            if (page.made()) {
                all.addAll(page.assignments());
            }
        }
        return spec(all);
    }

    /** Counts images and looks for a histogram beside the UI thread, when the dataset is another one. */
    void datasetChanged() {
        Optional<DatasetDirectory> dataset = model.dataset();
        if (dataset.isEmpty() || !copies.made() || !clusters.made()) {
            return;
        }
        if (known.equals(dataset.get().name())) {
            copies.modelChanged();
            return;
        }
        known = dataset.get().name();
        images = 0;
        copies.showEvidence(null);
        Display display = getShell().getDisplay();
        DatasetDirectory of = dataset.get();
        Job.createSystem(
                        "curate wizard",
                        monitor -> { // $NON-NLS-1$
                            Look look = Look.at(of);
                            if (!display.isDisposed()) {
                                display.asyncExec(() -> take(of, look));
                            }
                            return Status.OK_STATUS;
                        })
                .schedule();
    }

    private void take(DatasetDirectory of, Look look) {
        if (getShell() == null || getShell().isDisposed() || !known.equals(of.name())) {
            return;
        }
        images = look.images();
        if (look.problem().isEmpty()) {
            copies.showEvidence(look.evidence().orElse(null));
        } else {
            copies.showProblem(look.problem());
        }
        clusters.changed();
        summary.changed();
    }

    /** What is known of a dataset. */
    private record Look(long images, Optional<Evidence> evidence, String problem) {
        static Look at(DatasetDirectory dataset) {
            long count = 0;
            try {
                List<CatalogEntry> entries = dataset.catalog().all(CatalogFilter.OK);
                count = entries.size();
                return new Look(count, Evidence.of(dataset, entries), ""); // $NON-NLS-1$
            } catch (IOException | BadInputException e) {
                return new Look(count, Optional.empty(), e.getMessage());
            }
        }
    }

    @Override
    public void createPageControls(org.eclipse.swt.widgets.Composite pageContainer) {
        super.createPageControls(pageContainer);
        datasetChanged();
    }

    private Path folder() {
        return model.dataset().orElseThrow().curationsFolder().resolve(summary.name());
    }

    boolean nameTaken() {
        try {
            return model.dataset().isPresent()
                    && Files.isRegularFile(model.dataset()
                            .get()
                            .curationsFolder()
                            .resolve(Names.check("curation", summary.name())) // $NON-NLS-1$
                            .resolve("curation.json")); // $NON-NLS-1$
        } catch (BadInputException e) {
            return false;
        }
    }

    @Override
    public boolean performFinish() {
        try {
            WorkerRequest request = write();
            ActiveWorkspace.refreshIfOpen();
            new WorkerJob(request).schedule();
            return true;
        } catch (IOException | BadInputException e) {
            ((CuratePage) getContainer().getCurrentPage())
                    .setErrorMessage(NLS.bind(Messages.Curate_NotWritten, e.getMessage()));
            return false;
        }
    }

    /**
     * Writes the specification.
     *
     * @return the worker that curates by it
     * @throws IOException when it cannot be written
     * @throws BadInputException when the pages do not go together
     */
    public WorkerRequest write() throws IOException {
        CurationSpec spec = spec();
        Path file = Files.createDirectories(folder()).resolve(REQUEST);
        SpecWriter.write(spec, true, file);
        return new WorkerRequest(
                NLS.bind(Messages.Curate_Job, datasetName()),
                List.of(
                        "curate", //$NON-NLS-1$
                        "--dataset", //$NON-NLS-1$
                        datasetName(),
                        "--spec", //$NON-NLS-1$
                        file.toString(),
                        "--out", //$NON-NLS-1$
                        folder().toString(),
                        "--workspace", //$NON-NLS-1$
                        ActiveWorkspace.get().root().toString()));
    }
}

package org.dinobench.ui.trainer.wizard;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.core.workspace.RunDirectory;
import org.dinobench.core.workspace.Workspace;
import org.dinobench.ui.common.parts.Words;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.dinobench.ui.common.workspace.ItemKind;
import org.dinobench.ui.common.workspace.WorkspaceItem;
import org.dinobench.ui.trainer.Messages;
import org.dinobench.ui.trainer.form.SpecDraft;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Group;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.PlatformUI;

/** Dataset, name and length of a run, checked while they are typed. */
public final class DataPage extends WizardPage {
    private static final String MINUTES = "train.minutes="; // $NON-NLS-1$

    private final SpecDraft draft;
    private Combo dataset;
    private Text name;
    private Spinner minutes;
    private Button noLimit;
    private Label summary;
    private Label recipe;
    private Label differences;
    private String preferred = ""; // $NON-NLS-1$
    private boolean nameTyped;

    DataPage(SpecDraft draft) {
        super("data", Messages.NewRun_DataTitle, null); // $NON-NLS-1$
        setDescription(Messages.NewRun_DataText);
        this.draft = draft;
    }

    void prefer(String datasetName) {
        preferred = datasetName;
    }

    @Override
    public void createControl(Composite parent) {
        Composite page = new Composite(parent, SWT.NONE);
        GridLayoutFactory.swtDefaults()
                .margins(16, 16)
                .numColumns(2)
                .spacing(12, 12)
                .applyTo(page);
        label(page, Messages.NewRun_Dataset);
        dataset = new Combo(page, SWT.READ_ONLY | SWT.DROP_DOWN);
        dataset.setItems(datasets());
        dataset.select(Math.max(0, dataset.indexOf(preferred)));
        dataset.addListener(SWT.Selection, e -> {
            suggestName();
            validate();
        });
        GridDataFactory.fillDefaults().grab(true, false).applyTo(dataset);
        label(page, Messages.NewRun_Name);
        name = new Text(page, SWT.BORDER);
        name.addListener(SWT.KeyDown, e -> nameTyped = true);
        name.addListener(SWT.Modify, e -> validate());
        GridDataFactory.fillDefaults().grab(true, false).applyTo(name);
        label(page, Messages.NewRun_Minutes);
        Composite length = new Composite(page, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).spacing(16, 0).applyTo(length);
        minutes = new Spinner(length, SWT.BORDER);
        minutes.setValues(3, 1, 60 * 24 * 30, 0, 1, 10);
        noLimit = new Button(length, SWT.CHECK);
        noLimit.setText(Messages.NewRun_NoLimit);
        minutes.addListener(SWT.Selection, e -> takeMinutes());
        noLimit.addListener(SWT.Selection, e -> takeMinutes());
        Group box = new Group(page, SWT.NONE);
        box.setText(Messages.NewRun_Summary);
        GridLayoutFactory.swtDefaults().margins(12, 10).spacing(0, 8).applyTo(box);
        GridDataFactory.fillDefaults().span(2, 1).grab(true, false).indent(0, 8).applyTo(box);
        recipe = new Label(box, SWT.WRAP);
        GridDataFactory.fillDefaults().grab(true, false).hint(560, SWT.DEFAULT).applyTo(recipe);
        summary = new Label(box, SWT.WRAP);
        GridDataFactory.fillDefaults().grab(true, false).hint(560, SWT.DEFAULT).applyTo(summary);
        differences = new Label(box, SWT.WRAP);
        GridDataFactory.fillDefaults().grab(true, false).hint(560, SWT.DEFAULT).applyTo(differences);
        setControl(page);
        PlatformUI.getWorkbench().getHelpSystem().setHelp(page, "org.dinobench.ui.trainer.data"); // $NON-NLS-1$
        draft.onChange(this::refresh);
        refresh();
        suggestName();
    }

    private void takeMinutes() {
        minutes.setEnabled(!noLimit.getSelection());
        draft.setAll(List.of(MINUTES + (noLimit.getSelection() ? "" : minutes.getSelection()))); // $NON-NLS-1$
    }

    private static void label(Composite parent, String text) {
        Label label = new Label(parent, SWT.NONE);
        label.setText(text);
        GridDataFactory.swtDefaults().align(SWT.BEGINNING, SWT.CENTER).applyTo(label);
    }

    private static String[] datasets() {
        return ActiveWorkspace.get().snapshot().of(ItemKind.DATASET).stream()
                .filter(WorkspaceItem::readable)
                .map(WorkspaceItem::name)
                .toArray(String[]::new);
    }

    @Override
    public void setVisible(boolean visible) {
        super.setVisible(visible);
        if (visible) {
            name.setFocus();
        }
    }

    /** Shows what the draft means. */
    private void refresh() {
        if (name == null || name.isDisposed()) {
            return;
        }
        TrainSpec spec = draft.spec();
        OptionalDouble limit = spec.train().minutes();
        noLimit.setSelection(limit.isEmpty());
        minutes.setEnabled(limit.isPresent());
        if (limit.isPresent()) {
            minutes.setSelection((int) Math.ceil(limit.getAsDouble()));
        }
        recipe.setText(spec.description());
        summary.setText(NLS.bind(Messages.NewRun_SummaryText, new Object[] {
            spec.student().arch(),
            spec.student().patchSize(),
            spec.crops().globalCropsSize(),
            spec.crops().localCropsSize(),
            spec.train().batchSizePerGpu(),
            spec.dino().headNPrototypes().isPresent()
                    ? Words.count(spec.dino().headNPrototypes().getAsInt())
                    : "auto" //$NON-NLS-1$
        }));
        List<String> changed = draft.assignments();
        differences.setText(
                changed.isEmpty()
                        ? Messages.NewRun_AsRecipe
                        : NLS.bind(Messages.NewRun_Differs, String.join(", ", changed))); // $NON-NLS-1$
        getControl().requestLayout();
        validate();
    }

    /** Makes a name of the dataset's and the recipe's, as long as nobody has typed one. */
    void suggestName() {
        if (name != null && !nameTyped && dataset.getSelectionIndex() >= 0) {
            name.setText(Workspace.freeName(
                    ActiveWorkspace.get().workspace().runsFolder(),
                    dataset.getText() + "-" + draft.preset().replace('_', '-'))); // $NON-NLS-1$
        }
    }

    /**
     * Fills the page as a person would.
     *
     * @param runName the name of the run
     */
    public void fill(String runName) {
        nameTyped = true;
        name.setText(runName);
    }

    /** {@return name of the chosen dataset} */
    String dataset() {
        return dataset == null ? "" : dataset.getText(); // $NON-NLS-1$
    }

    /** {@return name of the run} */
    String name() {
        return name.getText().strip();
    }

    private void validate() {
        String error = problem().orElse(null);
        setErrorMessage(error);
        boolean large = draft.preset().startsWith("vit"); // $NON-NLS-1$
        setMessage(large ? Messages.NewRun_Large : null, large ? IMessageProvider.WARNING : IMessageProvider.NONE);
        setPageComplete(error == null);
    }

    private Optional<String> problem() {
        if (dataset.getItemCount() == 0) {
            return Optional.of(Messages.NewRun_NoDataset);
        }
        if (name().isEmpty()) {
            return Optional.of(Messages.NewRun_NameMissing);
        }
        try {
            return RunDirectory.isRun(ActiveWorkspace.get().workspace().runFolder(name()))
                    ? Optional.of(NLS.bind(Messages.NewRun_NameTaken, name()))
                    : Optional.empty();
        } catch (BadInputException e) {
            return Optional.of(e.getMessage());
        }
    }
}

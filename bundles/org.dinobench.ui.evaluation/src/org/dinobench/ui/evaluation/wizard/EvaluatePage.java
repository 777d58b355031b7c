package org.dinobench.ui.evaluation.wizard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.workspace.Workspace;
import org.dinobench.evaluation.Task;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.dinobench.ui.common.workspace.ItemKind;
import org.dinobench.ui.common.workspace.ModelSource;
import org.dinobench.ui.common.workspace.WorkspaceItem;
import org.dinobench.ui.evaluation.Messages;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.PlatformUI;

/** Model, labelled images, and what is measured. */
public final class EvaluatePage extends WizardPage {
    /** Segmentation wants masks, which only the command line takes. */
    private static final List<Task> OFFERED =
            List.of(Task.KNN, Task.LINEAR, Task.PROBE, Task.FEWSHOT, Task.RETRIEVAL, Task.STATISTICS, Task.PICTURES);

    private static final List<Task> USUAL = List.of(Task.KNN, Task.LINEAR, Task.PICTURES);

    private final ModelSource preferred;
    private final List<Button> tasks = new ArrayList<>();
    private ModelChoice model;
    private Combo dataset;
    private Text name;
    private Button rare;
    private boolean nameTyped;

    EvaluatePage(ModelSource preferred) {
        super("evaluate", Messages.Evaluate_PageTitle, null); // $NON-NLS-1$
        setDescription(Messages.Evaluate_PageText);
        this.preferred = preferred;
    }

    @Override
    public void createControl(Composite parent) {
        Composite page = new Composite(parent, SWT.NONE);
        GridLayoutFactory.swtDefaults()
                .margins(16, 16)
                .numColumns(2)
                .spacing(12, 12)
                .applyTo(page);
        label(page, Messages.Evaluate_Model);
        model = new ModelChoice(page, preferred, this::changed);
        label(page, Messages.Evaluate_Dataset);
        dataset = new Combo(page, SWT.READ_ONLY | SWT.DROP_DOWN);
        dataset.setItems(ActiveWorkspace.get().snapshot().of(ItemKind.DATASET).stream()
                .filter(WorkspaceItem::readable)
                .map(WorkspaceItem::name)
                .toArray(String[]::new));
        dataset.select(dataset.getItemCount() > 0 ? 0 : -1);
        dataset.addListener(SWT.Selection, e -> changed());
        GridDataFactory.fillDefaults().grab(true, false).applyTo(dataset);
        label(page, Messages.Evaluate_Name);
        name = new Text(page, SWT.BORDER);
        name.addListener(SWT.KeyDown, e -> nameTyped = true);
        name.addListener(SWT.Modify, e -> validate());
        GridDataFactory.fillDefaults().grab(true, false).applyTo(name);
        Label what = new Label(page, SWT.NONE);
        what.setText(Messages.Evaluate_Tasks);
        GridDataFactory.swtDefaults().align(SWT.BEGINNING, SWT.BEGINNING).applyTo(what);
        Composite box = new Composite(page, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 6).applyTo(box);
        for (Task task : OFFERED) {
            Button button = new Button(box, SWT.CHECK);
            button.setText(title(task));
            button.setData(task);
            button.setSelection(USUAL.contains(task));
            button.addListener(SWT.Selection, e -> validate());
            tasks.add(button);
        }
        new Label(page, SWT.NONE);
        rare = new Button(page, SWT.CHECK);
        rare.setText(Messages.Evaluate_LeaveOutRare);
        rare.setToolTipText(Messages.Evaluate_LeaveOutRareTip);
        rare.setSelection(true);
        setControl(page);
        PlatformUI.getWorkbench().getHelpSystem().setHelp(page, "org.dinobench.ui.evaluation.evaluate"); // $NON-NLS-1$
        changed();
    }

    private static void label(Composite parent, String text) {
        new Label(parent, SWT.NONE).setText(text);
    }

    private static String title(Task task) {
        return switch (task) {
            case KNN -> Messages.Task_Knn;
            case LINEAR -> Messages.Task_Linear;
            case PROBE -> Messages.Task_Probe;
            case FEWSHOT -> Messages.Task_Fewshot;
            case RETRIEVAL -> Messages.Task_Retrieval;
            case STATISTICS -> Messages.Task_Statistics;
            case PICTURES -> Messages.Task_Pictures;
            default -> task.name().toLowerCase(Locale.ROOT);
        };
    }

    private void changed() {
        if (!nameTyped && model.chosen().isPresent() && dataset.getSelectionIndex() >= 0) {
            String wanted = NLS.bind(
                    Messages.Evaluate_NameSuggestion,
                    model.chosen().get().name().replace(',', ' ').replace("  ", " "), // $NON-NLS-1$ //$NON-NLS-2$
                    dataset.getText());
            name.setText(
                    Workspace.freeName(ActiveWorkspace.get().root().resolve("evaluations"), wanted)); // $NON-NLS-1$
        }
        validate();
    }

    /**
     * Fills the page as a person would.
     *
     * @param evaluation name of the evaluation
     * @param wanted what is measured
     */
    public void fill(String evaluation, List<Task> wanted) {
        nameTyped = true;
        tasks.forEach(b -> b.setSelection(wanted.contains(b.getData())));
        name.setText(evaluation);
        validate();
    }

    private void validate() {
        String problem = problem().orElse(null);
        setErrorMessage(problem);
        setPageComplete(problem == null);
    }

    private Optional<String> problem() {
        if (model.chosen().isEmpty()) {
            return Optional.of(Messages.Evaluate_NoModel);
        }
        if (dataset.getSelectionIndex() < 0) {
            return Optional.of(Messages.Evaluate_NoDataset);
        }
        if (tasks().isEmpty()) {
            return Optional.of(Messages.Evaluate_NoTask);
        }
        return nameProblem(name(), "evaluations"); // $NON-NLS-1$
    }

    /** Why a name cannot be that of a new thing in a folder of the workspace. */
    static Optional<String> nameProblem(String name, String folder) {
        if (name.isEmpty()) {
            return Optional.of(Messages.Name_Missing);
        }
        try {
            // the rules for names are those of runs
            ActiveWorkspace.get().workspace().runFolder(name);
        } catch (BadInputException e) {
            return Optional.of(e.getMessage());
        }
        return java.nio.file.Files.exists(
                        ActiveWorkspace.get().root().resolve(folder).resolve(name))
                ? Optional.of(NLS.bind(Messages.Name_Taken, name))
                : Optional.empty();
    }

    ModelSource model() {
        return model.chosen().orElseThrow();
    }

    String dataset() {
        return dataset.getText();
    }

    String name() {
        return name.getText().strip();
    }

    boolean leavesOutRare() {
        return rare.getSelection();
    }

    List<Task> tasks() {
        return tasks.stream()
                .filter(Button::getSelection)
                .map(b -> (Task) b.getData())
                .toList();
    }
}

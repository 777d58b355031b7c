package org.dinobench.ui.evaluation.wizard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.dinobench.evaluation.Task;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.dinobench.ui.common.workspace.ItemKind;
import org.dinobench.ui.common.workspace.ModelSource;
import org.dinobench.ui.common.workspace.WorkspaceItem;
import org.dinobench.ui.evaluation.Messages;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;

/** Model, labelled images, and what is measured. */
public final class EvaluatePage extends ModelPage {
    /** Segmentation wants masks, which only the command line takes. */
    private static final List<Task> OFFERED =
            List.of(Task.KNN, Task.LINEAR, Task.PROBE, Task.FEWSHOT, Task.RETRIEVAL, Task.STATISTICS, Task.PICTURES);

    private static final List<Task> USUAL = List.of(Task.KNN, Task.LINEAR, Task.PICTURES);

    private final List<Button> tasks = new ArrayList<>();
    private Combo dataset;
    private Button rare;

    EvaluatePage(ModelSource preferred) {
        super("evaluate", Messages.Evaluate_PageTitle, Messages.Evaluate_PageText, "evaluations", preferred);
    }

    @Override
    void addChoices(Composite page) {
        label(page, Messages.Evaluate_Dataset);
        dataset = new Combo(page, SWT.READ_ONLY | SWT.DROP_DOWN);
        dataset.setItems(ActiveWorkspace.get().snapshot().of(ItemKind.DATASET).stream()
                .filter(WorkspaceItem::readable)
                .map(WorkspaceItem::name)
                .toArray(String[]::new));
        dataset.select(dataset.getItemCount() > 0 ? 0 : -1);
        dataset.addListener(SWT.Selection, e -> changed());
        GridDataFactory.fillDefaults().grab(true, false).applyTo(dataset);
        addName(page, Messages.Evaluate_Name);
        headLabel(page, Messages.Evaluate_Tasks);
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

    @Override
    Optional<String> suggestion(String modelName) {
        return dataset.getSelectionIndex() < 0
                ? Optional.empty()
                : Optional.of(NLS.bind(Messages.Evaluate_NameSuggestion, modelName, dataset.getText()));
    }

    /**
     * Fills the page as a person would.
     *
     * @param evaluation name of the evaluation
     * @param wanted what is measured
     */
    public void fill(String evaluation, List<Task> wanted) {
        tasks.forEach(b -> b.setSelection(wanted.contains(b.getData())));
        typeName(evaluation);
    }

    @Override
    Optional<String> missing() {
        if (dataset.getSelectionIndex() < 0) {
            return Optional.of(Messages.Evaluate_NoDataset);
        }
        if (tasks().isEmpty()) {
            return Optional.of(Messages.Evaluate_NoTask);
        }
        return Optional.empty();
    }

    String dataset() {
        return dataset.getText();
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

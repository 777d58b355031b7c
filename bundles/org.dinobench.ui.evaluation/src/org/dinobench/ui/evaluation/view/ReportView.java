package org.dinobench.ui.evaluation.view;

import java.util.List;
import java.util.Optional;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.ui.common.parts.Commands;
import org.dinobench.ui.common.parts.EmptyState;
import org.dinobench.ui.common.parts.ViewStack;
import org.dinobench.ui.common.theme.Icons;
import org.dinobench.ui.common.theme.Themes;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.dinobench.ui.common.workspace.ItemKind;
import org.dinobench.ui.common.workspace.ShowsItem;
import org.dinobench.ui.common.workspace.WorkspaceItem;
import org.dinobench.ui.common.workspace.WorkspaceSnapshot;
import org.dinobench.ui.evaluation.Messages;
import org.dinobench.ui.evaluation.model.EvaluationReport;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.viewers.ISelection;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.ISelectionListener;
import org.eclipse.ui.IWorkbenchPart;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.part.ViewPart;

/** The chosen evaluation: numbers, confusion matrix and pictures. */
public final class ReportView extends ViewPart implements ShowsItem {
    /** The view's id. */
    public static final String ID = "org.dinobench.ui.evaluation.report"; // $NON-NLS-1$

    private final ISelectionListener onSelection = this::selected;
    private ViewStack stack;
    private EmptyState empty;
    private ReportPage page;
    private WorkspaceItem shown;

    @Override
    public void createPartControl(Composite parent) {
        stack = new ViewStack(parent);
        empty = new EmptyState(stack, Icons.EVALUATION);
        empty.say(Messages.Report_None, Messages.Report_NoneText);
        empty.action(Messages.Report_Quickstart, () -> Commands.run("org.dinobench.app.quickstart")); // $NON-NLS-1$
        stack.show(empty);
        getSite().getPage().addPostSelectionListener(onSelection);
        PlatformUI.getWorkbench().getHelpSystem().setHelp(parent, ID);
        Themes.onChange(stack, () -> {
            if (page != null) {
                page.recolor();
            }
        });
        if (ActiveWorkspace.isOpen()) {
            ActiveWorkspace.get().follow(stack, this::workspaceChanged);
        }
        if (getSite().getPage().getSelection() instanceof IStructuredSelection now) {
            selected(null, now);
        }
    }

    @Override
    public void show(WorkspaceItem item) {
        if (item.kind() != ItemKind.EVALUATION || item.equals(shown)) {
            return;
        }
        shown = item;
        Display display = stack.getDisplay();
        Job.createSystem(NLS.bind(Messages.Report_Reading, item.name()), monitor -> {
                    EvaluationReport report = null;
                    String problem = ""; // $NON-NLS-1$
                    try {
                        report = item.stamp() == 0 ? null : EvaluationReport.read(item.folder());
                    } catch (BadInputException e) {
                        problem = e.getMessage();
                    }
                    EvaluationReport result = report;
                    String why = problem;
                    if (!display.isDisposed()) {
                        display.asyncExec(() -> fill(item, result, why));
                    }
                    return Status.OK_STATUS;
                })
                .schedule();
    }

    private void fill(WorkspaceItem item, EvaluationReport report, String problem) {
        if (stack.isDisposed() || !item.equals(shown)) {
            return;
        }
        ReportPage old = page;
        if (report != null) {
            page = new ReportPage(stack, report);
            stack.show(page.control());
        } else {
            page = null;
            if (problem.isEmpty()) {
                empty.say(NLS.bind(Messages.Report_InWork, item.name()), Messages.Report_InWorkText);
            } else {
                empty.say(NLS.bind(Messages.Report_Broken, item.name()), problem);
            }
            stack.show(empty);
        }
        if (old != null) {
            old.dispose();
        }
    }

    private void workspaceChanged(WorkspaceSnapshot snapshot) {
        List<WorkspaceItem> all = snapshot.of(ItemKind.EVALUATION);
        if (shown != null) {
            Optional<WorkspaceItem> now = snapshot.now(shown);
            now.ifPresent(this::show);
            if (now.isPresent()) {
                return;
            }
            shown = null;
        }
        all.stream()
                .filter(i -> i.stamp() != 0)
                .reduce((a, b) -> b.stamp() > a.stamp() ? b : a)
                .ifPresent(this::show);
        if (shown == null) {
            empty.say(Messages.Report_None, Messages.Report_NoneText);
            stack.show(empty);
        }
    }

    private void selected(IWorkbenchPart part, ISelection selection) {
        if (part != this
                && selection instanceof IStructuredSelection structured
                && structured.getFirstElement() instanceof WorkspaceItem item) {
            show(item);
        }
    }

    /** {@return the words of the state without a report, empty when there is one} */
    public String emptyWords() {
        return stack.shown() == empty ? empty.words() : ""; // $NON-NLS-1$
    }

    @Override
    public void setFocus() {
        stack.shown().setFocus();
    }

    @Override
    public void dispose() {
        getSite().getPage().removePostSelectionListener(onSelection);
        super.dispose();
    }
}

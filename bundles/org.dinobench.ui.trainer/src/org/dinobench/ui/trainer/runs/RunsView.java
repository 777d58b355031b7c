package org.dinobench.ui.trainer.runs;

import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;
import org.dinobench.core.run.RunStatus;
import org.dinobench.ui.common.navigator.ItemViews;
import org.dinobench.ui.common.parts.Commands;
import org.dinobench.ui.common.parts.EmptyState;
import org.dinobench.ui.common.parts.States;
import org.dinobench.ui.common.parts.ViewStack;
import org.dinobench.ui.common.parts.Words;
import org.dinobench.ui.common.properties.FactsPage;
import org.dinobench.ui.common.theme.Icons;
import org.dinobench.ui.common.theme.Themes;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.dinobench.ui.common.workspace.ItemKind;
import org.dinobench.ui.common.workspace.WorkspaceItem;
import org.dinobench.ui.common.workspace.WorkspaceSnapshot;
import org.dinobench.ui.trainer.Messages;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.action.Separator;
import org.eclipse.jface.layout.TableColumnLayout;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.ColumnWeightData;
import org.eclipse.jface.viewers.IElementComparer;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.TableViewerColumn;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.IWorkbenchActionConstants;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.part.ViewPart;
import org.eclipse.ui.views.properties.IPropertySheetPage;

/** All runs with their state, progress, time left and best k-NN accuracy; the buttons control the chosen run. */
public final class RunsView extends ViewPart {
    /** The view's id. */
    public static final String ID = "org.dinobench.ui.trainer.runs"; // $NON-NLS-1$

    private static final int POLL_MILLIS = 3000;

    private final RunScores scores = new RunScores();
    private volatile List<WorkspaceItem> runs = List.of();
    private TableViewer table;
    private Composite tableArea;
    private ViewStack stack;
    private EmptyState empty;
    private Job poll;

    @Override
    public void createPartControl(Composite parent) {
        stack = new ViewStack(parent);
        empty = new EmptyState(stack, Icons.MONITOR);
        empty.say(Messages.Runs_Empty, Messages.Runs_EmptyText);
        empty.action(Messages.Runs_New, () -> Commands.run("org.dinobench.ui.trainer.newRun")); // $NON-NLS-1$
        tableArea = new Composite(stack, SWT.NONE);
        TableColumnLayout layout = new TableColumnLayout();
        tableArea.setLayout(layout);
        table = new TableViewer(tableArea, SWT.FULL_SELECTION | SWT.V_SCROLL | SWT.MULTI);
        table.getTable().setHeaderVisible(true);
        table.setContentProvider(ArrayContentProvider.getInstance());
        table.setComparer(new SameRun());
        columns(layout);
        table.addDoubleClickListener(e -> open());
        MenuManager menu = new MenuManager();
        menu.add(new Separator("control")); // $NON-NLS-1$
        menu.add(new Separator(IWorkbenchActionConstants.MB_ADDITIONS));
        table.getControl().setMenu(menu.createContextMenu(table.getControl()));
        getSite().registerContextMenu(menu, table);
        getSite().setSelectionProvider(table);
        PlatformUI.getWorkbench().getHelpSystem().setHelp(parent, ID);
        Themes.onChange(stack, () -> table.refresh());
        stack.show(empty);
        poll = Job.createSystem(Messages.Runs_BestKnn, monitor -> {
            pollScores();
            if (!stack.isDisposed() && !monitor.isCanceled()) {
                poll.schedule(POLL_MILLIS);
            }
            return Status.OK_STATUS;
        });
        if (ActiveWorkspace.isOpen()) {
            ActiveWorkspace.get().follow(stack, this::update);
        }
        poll.schedule();
    }

    private void columns(TableColumnLayout layout) {
        column(layout, Messages.Runs_Name, 18, 120, new ColumnLabelProvider() {
            @Override
            public String getText(Object element) {
                return ((WorkspaceItem) element).name();
            }

            @Override
            public org.eclipse.swt.graphics.Image getImage(Object element) {
                return Icons.RUN.image();
            }
        });
        column(layout, Messages.Runs_State, 10, 80, new StateCell());
        column(layout, Messages.Runs_Progress, 18, 140, new ProgressCell());
        column(layout, Messages.Runs_TimeLeft, 9, 80, text(status -> States.timeLeft(status)));
        column(layout, Messages.Runs_BestKnn, 8, 80, new ColumnLabelProvider() {
            @Override
            public String getText(Object element) {
                OptionalDouble best = scores.best(((WorkspaceItem) element).folder());
                return best.isPresent() ? Words.percent(best.getAsDouble()) : ""; // $NON-NLS-1$
            }
        });
        column(
                layout,
                Messages.Runs_Speed,
                9,
                90,
                text(s -> s.state().isAlive() && s.imagesPerSecond().isPresent()
                        ? NLS.bind(
                                Messages.Runs_SpeedValue,
                                Words.count(Math.round(s.imagesPerSecond().getAsDouble())))
                        : "")); //$NON-NLS-1$
        column(layout, Messages.Runs_Notes, 16, 90, new ColumnLabelProvider() {
            @Override
            public String getText(Object element) {
                return scores.notes(((WorkspaceItem) element).folder()).shortForm();
            }
        });
        column(layout, Messages.Runs_Message, 24, 140, new ColumnLabelProvider() {
            @Override
            public String getText(Object element) {
                WorkspaceItem item = (WorkspaceItem) element;
                return item.status().map(RunStatus::message).orElse(item.problem());
            }

            @Override
            public String getToolTipText(Object element) {
                return getText(element);
            }
        });
    }

    private static ColumnLabelProvider text(java.util.function.Function<RunStatus, String> of) {
        return new ColumnLabelProvider() {
            @Override
            public String getText(Object element) {
                return ((WorkspaceItem) element).status().map(of).orElse(""); // $NON-NLS-1$
            }
        };
    }

    private void column(
            TableColumnLayout layout,
            String title,
            int weight,
            int least,
            org.eclipse.jface.viewers.CellLabelProvider labels) {
        TableViewerColumn column = new TableViewerColumn(table, SWT.LEFT);
        column.getColumn().setText(title);
        column.getColumn().setResizable(true);
        column.setLabelProvider(labels);
        layout.setColumnData(column.getColumn(), new ColumnWeightData(weight, least, true));
    }

    private void update(WorkspaceSnapshot snapshot) {
        List<WorkspaceItem> now = snapshot.of(ItemKind.RUN);
        if (now.equals(runs)) {
            return;
        }
        List<?> before = table.getStructuredSelection().toList();
        runs = now;
        table.setInput(now);
        table.setSelection(new StructuredSelection(now.stream()
                .filter(i -> before.stream().anyMatch(b -> i.sameAs((WorkspaceItem) b)))
                .toList()));
        stack.show(now.isEmpty() ? empty : tableArea);
    }

    private void pollScores() {
        boolean changed = false;
        for (WorkspaceItem run : runs) {
            try {
                changed |= scores.poll(run.folder());
            } catch (IOException e) {
                ILog.of(RunsView.class)
                        .warn("The metrics of " + run.name() + " could not be read", e); // $NON-NLS-1$ //$NON-NLS-2$
            }
        }
        if (changed && !stack.isDisposed()) {
            stack.getDisplay().asyncExec(() -> {
                if (!stack.isDisposed()) {
                    table.refresh();
                }
            });
        }
    }

    private void open() {
        if (table.getStructuredSelection().getFirstElement() instanceof WorkspaceItem item) {
            ItemViews.open(getSite().getPage(), item);
        }
    }

    /** {@return the viewer, for tests} */
    public TableViewer viewer() {
        return table;
    }

    /** {@return the words of the empty state when it is shown, else an empty text} */
    public String emptyWords() {
        return stack.shown() == empty ? empty.words() : ""; // $NON-NLS-1$
    }

    @Override
    public <T> T getAdapter(Class<T> adapter) {
        return adapter == IPropertySheetPage.class ? adapter.cast(new FactsPage()) : super.getAdapter(adapter);
    }

    @Override
    public void setFocus() {
        stack.shown().setFocus();
    }

    @Override
    public void dispose() {
        if (poll != null) {
            poll.cancel();
        }
        super.dispose();
    }

    private static final class SameRun implements IElementComparer {
        @Override
        public boolean equals(Object a, Object b) {
            return a instanceof WorkspaceItem one && b instanceof WorkspaceItem two ? one.sameAs(two) : a.equals(b);
        }

        @Override
        public int hashCode(Object element) {
            return element instanceof WorkspaceItem item ? item.folder().hashCode() : element.hashCode();
        }
    }
}

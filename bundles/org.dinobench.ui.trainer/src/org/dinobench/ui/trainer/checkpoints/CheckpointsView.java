package org.dinobench.ui.trainer.checkpoints;

import java.io.IOException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Function;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.workspace.RunDirectory;
import org.dinobench.ui.common.parts.EmptyState;
import org.dinobench.ui.common.parts.ViewStack;
import org.dinobench.ui.common.parts.Words;
import org.dinobench.ui.common.theme.Icons;
import org.dinobench.ui.common.theme.Palette;
import org.dinobench.ui.common.theme.Themes;
import org.dinobench.ui.common.workspace.ShowsItem;
import org.dinobench.ui.common.workspace.WorkspaceItem;
import org.dinobench.ui.trainer.Messages;
import org.dinobench.ui.trainer.runs.RunFollower;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.action.Separator;
import org.eclipse.jface.layout.TableColumnLayout;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.ColumnWeightData;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.TableViewerColumn;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.program.Program;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.IWorkbenchActionConstants;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.part.ViewPart;

/** The checkpoints of the chosen run, each with the k-NN accuracy that was measured last before it was taken. */
public final class CheckpointsView extends ViewPart implements ShowsItem {
    /** The view's id. */
    public static final String ID = "org.dinobench.ui.trainer.checkpoints"; // $NON-NLS-1$

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss"); // $NON-NLS-1$

    private ViewStack stack;
    private EmptyState empty;
    private Composite tableArea;
    private TableViewer table;
    private RunFollower follower;
    private WorkspaceItem run;
    private CheckpointReader reader;

    @Override
    public void createPartControl(Composite parent) {
        stack = new ViewStack(parent);
        empty = new EmptyState(stack, Icons.CHECKPOINT);
        tableArea = new Composite(stack, SWT.NONE);
        TableColumnLayout layout = new TableColumnLayout();
        tableArea.setLayout(layout);
        table = new TableViewer(tableArea, SWT.FULL_SELECTION | SWT.V_SCROLL);
        table.getTable().setHeaderVisible(true);
        table.setContentProvider(ArrayContentProvider.getInstance());
        column(layout, Messages.Checkpoints_Step, 16, SWT.LEFT, c -> Words.count(c.step()));
        column(layout, Messages.Checkpoints_Knn, 18, SWT.LEFT, CheckpointsView::knn);
        column(layout, Messages.Checkpoints_Images, 16, SWT.RIGHT, c -> c.images() < 0 ? "" : Words.count(c.images()));
        column(layout, Messages.Checkpoints_Size, 14, SWT.RIGHT, c -> Words.bytes(c.bytes()));
        column(
                layout,
                Messages.Checkpoints_Written,
                24,
                SWT.LEFT,
                c -> TIME.format(c.written().atZone(ZoneId.systemDefault())));
        table.addDoubleClickListener(e -> {
            if (table.getStructuredSelection().getFirstElement() instanceof Checkpoint one) {
                Program.launch(one.folder().toString());
            }
        });
        MenuManager menu = new MenuManager();
        menu.add(new Separator("model")); // $NON-NLS-1$
        menu.add(new Separator(IWorkbenchActionConstants.MB_ADDITIONS));
        table.getControl().setMenu(menu.createContextMenu(table.getControl()));
        getSite().registerContextMenu(menu, table);
        getSite().setSelectionProvider(table);
        PlatformUI.getWorkbench().getHelpSystem().setHelp(parent, ID);
        Themes.onChange(stack, () -> table.refresh());
        follower = new RunFollower(this, stack, this::show);
    }

    private static String knn(Checkpoint checkpoint) {
        String value = Words.percent(checkpoint.knn());
        return checkpoint.best() ? NLS.bind(Messages.Checkpoints_Best, value) : value;
    }

    private void column(
            TableColumnLayout layout, String title, int weight, int align, Function<Checkpoint, String> text) {
        TableViewerColumn column = new TableViewerColumn(table, align);
        column.getColumn().setText(title);
        column.setLabelProvider(new ColumnLabelProvider() {
            @Override
            public String getText(Object element) {
                return text.apply((Checkpoint) element);
            }

            @Override
            public Color getForeground(Object element) {
                return ((Checkpoint) element).best()
                        ? Palette.of(Themes.isDark()).good()
                        : null;
            }
        });
        layout.setColumnData(column.getColumn(), new ColumnWeightData(weight, 80, true));
    }

    @Override
    public void show(WorkspaceItem item) {
        follower.show(item);
    }

    private void show(List<WorkspaceItem> runs) {
        WorkspaceItem next = runs.isEmpty() ? null : runs.get(0);
        if (next == null) {
            run = null;
            empty.say(Messages.Chart_None, Messages.Chart_NoneText);
            stack.show(empty);
            return;
        }
        if (!next.sameAs(run)) {
            run = next;
            reader = null;
            empty.say(NLS.bind(Messages.Checkpoints_Reading, next.name()), ""); // $NON-NLS-1$
            stack.show(empty);
        }
        read(next);
    }

    private void read(WorkspaceItem of) {
        Display display = stack.getDisplay();
        Job job = Job.createSystem(NLS.bind(Messages.Checkpoints_Reading, of.name()), monitor -> {
            List<Checkpoint> found = List.of();
            String problem = ""; // $NON-NLS-1$
            try {
                found = readerOf(of).read();
            } catch (IOException | BadInputException e) {
                problem = e.getMessage();
            }
            List<Checkpoint> now = found;
            String why = problem;
            if (!display.isDisposed()) {
                display.asyncExec(() -> fill(of, now, why));
            }
            return Status.OK_STATUS;
        });
        job.schedule();
    }

    private synchronized CheckpointReader readerOf(WorkspaceItem of) {
        // a reader keeps its place in the metrics; another run gets another one
        if (reader == null || !of.sameAs(run)) {
            CheckpointReader made = new CheckpointReader(RunDirectory.open(of.folder()));
            reader = of.sameAs(run) ? made : reader;
            return made;
        }
        return reader;
    }

    private void fill(WorkspaceItem of, List<Checkpoint> found, String problem) {
        if (stack.isDisposed() || !of.sameAs(run)) {
            return;
        }
        if (found.isEmpty()) {
            empty.say(
                    NLS.bind(Messages.Checkpoints_None, of.name()),
                    problem.isEmpty() ? Messages.Checkpoints_NoneText : problem);
            stack.show(empty);
        } else if (!found.equals(table.getInput())) {
            table.setInput(found);
            stack.show(tableArea);
        } else {
            stack.show(tableArea);
        }
    }

    /** {@return the viewer, for tests} */
    public TableViewer viewer() {
        return table;
    }

    /** {@return the words of the state without checkpoints, empty when there are any} */
    public String emptyWords() {
        return stack.shown() == empty ? empty.words() : ""; // $NON-NLS-1$
    }

    @Override
    public void setFocus() {
        stack.shown().setFocus();
    }
}

package org.dinobench.ui.trainer.chart;

import java.util.List;
import java.util.Optional;
import org.dinobench.ui.common.chart.LineChart;
import org.dinobench.ui.common.chart.LineSeries;
import org.dinobench.ui.common.parts.Commands;
import org.dinobench.ui.common.parts.EmptyState;
import org.dinobench.ui.common.parts.States;
import org.dinobench.ui.common.parts.ViewStack;
import org.dinobench.ui.common.theme.Icons;
import org.dinobench.ui.common.theme.Themes;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.dinobench.ui.common.workspace.ItemKind;
import org.dinobench.ui.common.workspace.ShowsItem;
import org.dinobench.ui.common.workspace.WorkspaceItem;
import org.dinobench.ui.common.workspace.WorkspaceSnapshot;
import org.dinobench.ui.trainer.Messages;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.ISelection;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.ISelectionListener;
import org.eclipse.ui.IWorkbenchPart;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.part.ViewPart;

/** The numbers of the chosen run as lines, live. */
public final class LossChartView extends ViewPart implements ShowsItem {
    /** The view's id. */
    public static final String ID = "org.dinobench.ui.trainer.chart"; // $NON-NLS-1$

    private static final int TOGGLES_WIDTH = 210;

    private final ISelectionListener onSelection = this::selected;
    private ViewStack stack;
    private EmptyState empty;
    private Composite main;
    private ChartBar bar;
    private LineChart chart;
    private SeriesToggles toggles;
    private MetricsFeed feed;
    private WorkspaceItem run;

    @Override
    public void createPartControl(Composite parent) {
        stack = new ViewStack(parent);
        empty = new EmptyState(stack, Icons.CHART);
        empty.action(Messages.Runs_New, () -> Commands.run("org.dinobench.ui.trainer.newRun")); // $NON-NLS-1$
        main = new Composite(stack, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).spacing(0, 0).applyTo(main);
        bar = new ChartBar(main);
        GridDataFactory.fillDefaults().span(2, 1).grab(true, false).applyTo(bar);
        chart = new LineChart(main, Messages.Chart_Step, null);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(chart);
        toggles = new SeriesToggles(main, chart::setHidden);
        GridDataFactory.fillDefaults()
                .grab(false, true)
                .hint(TOGGLES_WIDTH, SWT.DEFAULT)
                .applyTo(toggles.control());
        bar.link(chart, this::refill);
        getSite().getPage().addPostSelectionListener(onSelection);
        PlatformUI.getWorkbench().getHelpSystem().setHelp(parent, ID);
        Themes.onChange(stack, () -> {
            chart.restyle();
            toggles.show(names(), true);
        });
        explain();
        if (ActiveWorkspace.isOpen()) {
            ActiveWorkspace.get().follow(stack, this::workspaceChanged);
        }
        if (getSite().getPage().getSelection() instanceof IStructuredSelection now) {
            selected(null, now);
        }
    }

    @Override
    public void show(WorkspaceItem item) {
        if (item.kind() != ItemKind.RUN || item.sameAs(run)) {
            return;
        }
        stopFeed();
        run = item;
        feed = new MetricsFeed(item.folder().resolve("metrics.jsonl"), this::news); // $NON-NLS-1$
        feed.start();
        describe();
        explain();
    }

    /** {@return the chart, for tests} */
    public LineChart chart() {
        return chart;
    }

    /** {@return names of the series that can be shown, for tests} */
    public List<String> names() {
        return feed == null
                ? List.of()
                : feed.series().stream()
                        .map(LineSeries::name)
                        .filter(bar.group()::holds)
                        .toList();
    }

    /** {@return the words of the state without a chart, empty when there is one} */
    public String emptyWords() {
        return stack.shown() == empty ? empty.words() : ""; // $NON-NLS-1$
    }

    private void selected(IWorkbenchPart part, ISelection selection) {
        if (part != this
                && selection instanceof IStructuredSelection structured
                && structured.getFirstElement() instanceof WorkspaceItem item) {
            show(item);
        }
    }

    private void workspaceChanged(WorkspaceSnapshot snapshot) {
        if (run == null) {
            List<WorkspaceItem> runs = snapshot.of(ItemKind.RUN);
            Optional<WorkspaceItem> living = runs.stream()
                    .filter(r -> r.status().map(s -> s.state().isAlive()).orElse(false))
                    .findFirst();
            living.or(() -> runs.stream().filter(WorkspaceItem::readable).findFirst())
                    .ifPresent(this::show);
            return;
        }
        Optional<WorkspaceItem> now = snapshot.now(run);
        if (now.isPresent()) {
            run = now.get();
            describe();
        } else {
            stopFeed();
            run = null;
            describe();
            explain();
        }
    }

    private void news() {
        if (!stack.isDisposed()) {
            stack.getDisplay().asyncExec(() -> {
                if (!stack.isDisposed() && feed != null) {
                    refill();
                }
            });
        }
    }

    private void refill() {
        if (feed == null) {
            return;
        }
        SeriesGroup group = bar.group();
        List<LineSeries> shown =
                feed.series().stream().filter(s -> group.holds(s.name())).toList();
        toggles.show(shown.stream().map(LineSeries::name).toList(), false);
        chart.setHidden(toggles.hidden());
        chart.setSeries(shown);
        explain();
    }

    private void describe() {
        if (run != null) {
            String state = run.status().map(States::phrase).orElse(""); // $NON-NLS-1$
            bar.setRun(NLS.bind(Messages.Chart_Description, run.name(), state));
        }
    }

    private void explain() {
        if (run == null) {
            empty.say(Messages.Chart_None, Messages.Chart_NoneText);
            stack.show(empty);
        } else if (!feed.problem().isEmpty() && feed.series().isEmpty()) {
            empty.say(NLS.bind(Messages.Chart_Broken, run.name()), feed.problem());
            stack.show(empty);
        } else if (feed.series().isEmpty() && feed.readOnce()) {
            empty.say(NLS.bind(Messages.Chart_NoMetrics, run.name()), Messages.Chart_NoMetricsText);
            stack.show(empty);
        } else {
            stack.show(main);
        }
    }

    private void stopFeed() {
        if (feed != null) {
            feed.stop();
            feed = null;
        }
    }

    @Override
    public void setFocus() {
        stack.shown().setFocus();
    }

    @Override
    public void dispose() {
        stopFeed();
        getSite().getPage().removePostSelectionListener(onSelection);
        super.dispose();
    }
}

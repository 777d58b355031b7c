package org.dinobench.ui.trainer.chart;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.dinobench.ui.common.chart.LineChart;
import org.dinobench.ui.common.chart.LineSeries;
import org.dinobench.ui.common.parts.Commands;
import org.dinobench.ui.common.parts.EmptyState;
import org.dinobench.ui.common.parts.States;
import org.dinobench.ui.common.parts.ViewStack;
import org.dinobench.ui.common.theme.Icons;
import org.dinobench.ui.common.theme.Themes;
import org.dinobench.ui.common.workspace.ShowsItem;
import org.dinobench.ui.common.workspace.WorkspaceItem;
import org.dinobench.ui.trainer.Messages;
import org.dinobench.ui.trainer.runs.RunFollower;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.part.ViewPart;

/** The numbers of the chosen run as lines, live; of several chosen runs, over each other. */
public final class LossChartView extends ViewPart implements ShowsItem {
    /** The view's id. */
    public static final String ID = "org.dinobench.ui.trainer.chart"; // $NON-NLS-1$

    private static final int TOGGLES_WIDTH = 210;
    private static final int TOGGLES_WIDTH_COMPARED = 330;
    private static final int MOST_RUNS = 8;

    private ViewStack stack;
    private EmptyState empty;
    private Composite main;
    private ChartBar bar;
    private LineChart chart;
    private SeriesToggles toggles;
    private RunFollower follower;
    private List<MetricsFeed> feeds = List.of();
    private List<WorkspaceItem> runs = List.of();

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
        bar.link(chart, this::regroup, this::changeAxis);
        PlatformUI.getWorkbench().getHelpSystem().setHelp(parent, ID);
        Themes.onChange(stack, () -> {
            chart.restyle();
            toggles.show(names(), true);
        });
        follower = new RunFollower(this, stack, this::show);
    }

    @Override
    public void show(WorkspaceItem item) {
        follower.show(item);
    }

    private void show(List<WorkspaceItem> chosen) {
        List<WorkspaceItem> now = chosen.subList(0, Math.min(MOST_RUNS, chosen.size()));
        boolean same = now.size() == runs.size();
        for (int i = 0; same && i < now.size(); i++) {
            same = now.get(i).sameAs(runs.get(i));
        }
        runs = List.copyOf(now);
        if (!same) {
            restart();
            regroup();
        }
        describe();
        explain();
    }

    private void restart() {
        stopFeeds();
        feeds = runs.stream()
                .map(run -> new MetricsFeed(
                        run.folder().resolve("metrics.jsonl"), // $NON-NLS-1$
                        bar.axis(),
                        runs.size() == 1 ? "" : run.name(), // $NON-NLS-1$
                        this::news))
                .toList();
        feeds.forEach(MetricsFeed::start);
    }

    private void changeAxis() {
        chart.setXLabel(bar.axis().title());
        chart.showAll();
        restart();
    }

    /** {@return the chart, for tests} */
    public LineChart chart() {
        return chart;
    }

    /** {@return the choices above the chart, for tests} */
    public ChartBar bar() {
        return bar;
    }

    /** {@return names of the series that can be shown, for tests} */
    public List<String> names() {
        return series().stream().map(LineSeries::name).toList();
    }

    /** {@return names of the series that are shown} */
    public Set<String> shownNames() {
        return names().stream().filter(n -> !toggles.hidden().contains(n)).collect(Collectors.toSet());
    }

    /** {@return the words of the state without a chart, empty when there is one} */
    public String emptyWords() {
        return stack.shown() == empty ? empty.words() : ""; // $NON-NLS-1$
    }

    private List<LineSeries> series() {
        SeriesGroup group = bar.group();
        return feeds.stream().flatMap(f -> f.of(group).stream()).toList();
    }

    private void news() {
        if (!stack.isDisposed()) {
            stack.getDisplay().asyncExec(() -> {
                if (!stack.isDisposed()) {
                    refill();
                }
            });
        }
    }

    /** Another group or other runs: of several runs only the foremost number is shown, more would be a thicket. */
    private void regroup() {
        chart.showAll();
        ((GridData) toggles.control().getLayoutData()).widthHint =
                runs.size() < 2 ? TOGGLES_WIDTH : TOGGLES_WIDTH_COMPARED;
        main.layout();
        toggles.setFirst(runs.size() < 2 ? "" : bar.group().foremost()); // $NON-NLS-1$
        refill();
    }

    private void refill() {
        List<LineSeries> shown = series();
        toggles.show(shown.stream().map(LineSeries::name).toList(), false);
        chart.setHidden(new HashSet<>(toggles.hidden()));
        chart.setSeries(shown);
        explain();
    }

    private void describe() {
        if (runs.size() > 1) {
            bar.setRun(NLS.bind(Messages.Chart_Compared, runs.size()));
        } else if (!runs.isEmpty()) {
            WorkspaceItem run = runs.get(0);
            String state = run.status().map(States::phrase).orElse(""); // $NON-NLS-1$
            bar.setRun(NLS.bind(Messages.Chart_Description, run.name(), state));
        }
    }

    private void explain() {
        boolean nothing = feeds.stream().allMatch(f -> f.byKey().isEmpty());
        if (runs.isEmpty()) {
            empty.say(Messages.Chart_None, Messages.Chart_NoneText);
            stack.show(empty);
        } else if (nothing && feeds.stream().anyMatch(f -> !f.problem().isEmpty())) {
            String problem = feeds.stream()
                    .map(MetricsFeed::problem)
                    .filter(p -> !p.isEmpty())
                    .findFirst()
                    .orElse(""); // $NON-NLS-1$
            empty.say(NLS.bind(Messages.Chart_Broken, runs.get(0).name()), problem);
            stack.show(empty);
        } else if (nothing && feeds.stream().allMatch(MetricsFeed::readOnce)) {
            empty.say(NLS.bind(Messages.Chart_NoMetrics, runs.get(0).name()), Messages.Chart_NoMetricsText);
            stack.show(empty);
        } else {
            stack.show(main);
        }
    }

    private void stopFeeds() {
        feeds.forEach(MetricsFeed::stop);
        feeds = List.of();
    }

    @Override
    public void setFocus() {
        stack.shown().setFocus();
    }

    @Override
    public void dispose() {
        stopFeeds();
        super.dispose();
    }
}

package org.dinobench.ui.trainer.health;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.workspace.RunDirectory;
import org.dinobench.ui.common.chart.Points;
import org.dinobench.ui.common.parts.Commands;
import org.dinobench.ui.common.parts.EmptyState;
import org.dinobench.ui.common.parts.ViewStack;
import org.dinobench.ui.common.theme.Fonts;
import org.dinobench.ui.common.theme.Icons;
import org.dinobench.ui.common.theme.Palette;
import org.dinobench.ui.common.theme.Themes;
import org.dinobench.ui.common.workspace.ShowsItem;
import org.dinobench.ui.common.workspace.WorkspaceItem;
import org.dinobench.ui.trainer.Messages;
import org.dinobench.ui.trainer.chart.MetricsFeed;
import org.dinobench.ui.trainer.chart.XAxis;
import org.dinobench.ui.trainer.runs.RunFollower;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.part.ViewPart;

/** Whether the chosen run trains soundly: the numbers that show a collapse before the loss does, each with a sentence. */
public final class HealthView extends ViewPart implements ShowsItem {
    /** The view's id. */
    public static final String ID = "org.dinobench.ui.trainer.health"; // $NON-NLS-1$

    private ViewStack stack;
    private EmptyState empty;
    private Composite main;
    private Label summary;
    private HealthCards cards;
    private RunFollower follower;
    private WorkspaceItem run;
    private MetricsFeed feed;
    private HealthRules rules;

    @Override
    public void createPartControl(Composite parent) {
        stack = new ViewStack(parent);
        empty = new EmptyState(stack, Icons.HEALTH);
        empty.action(Messages.Runs_New, () -> Commands.run("org.dinobench.ui.trainer.newRun")); // $NON-NLS-1$
        main = new Composite(stack, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 6).applyTo(main);
        summary = new Label(main, SWT.NONE);
        summary.setFont(new Fonts(summary).strong());
        GridDataFactory.fillDefaults().grab(true, false).indent(12, 10).applyTo(summary);
        cards = new HealthCards(main);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(cards);
        PlatformUI.getWorkbench().getHelpSystem().setHelp(parent, ID);
        Themes.onChange(stack, this::fill);
        follower = new RunFollower(this, stack, this::show);
    }

    @Override
    public void show(WorkspaceItem item) {
        follower.show(item);
    }

    private void show(List<WorkspaceItem> runs) {
        WorkspaceItem next = runs.isEmpty() ? null : runs.get(0);
        boolean same = next != null && next.sameAs(run);
        run = next;
        if (!same) {
            stopFeed();
            if (run != null) {
                rules = new HealthRules(prototypes(run));
                feed = new MetricsFeed(
                        run.folder().resolve("metrics.jsonl"), XAxis.STEP, "", this::news); // $NON-NLS-1$
                feed.start();
            }
        }
        fill();
    }

    private static OptionalInt prototypes(WorkspaceItem run) {
        try {
            return RunDirectory.open(run.folder()).readSpec().dino().headNPrototypes();
        } catch (BadInputException e) {
            // without its spec a run still has numbers; only the bound of the entropy is unknown
            return OptionalInt.empty();
        }
    }

    private void news() {
        if (!stack.isDisposed()) {
            stack.getDisplay().asyncExec(this::fill);
        }
    }

    private void fill() {
        if (stack.isDisposed()) {
            return;
        }
        if (run == null) {
            empty.say(Messages.Chart_None, Messages.Chart_NoneText);
            stack.show(empty);
            return;
        }
        Map<String, Points> series = new HashMap<>();
        feed.byKey().forEach((key, one) -> series.put(key, one.points()));
        List<Finding> findings = rules.judge(series);
        cards.setCards(findings);
        if (!findings.isEmpty()) {
            summarize(findings);
            stack.show(main);
        } else if (!feed.problem().isEmpty()) {
            empty.say(NLS.bind(Messages.Chart_Broken, run.name()), feed.problem());
            stack.show(empty);
        } else if (!feed.readOnce()) {
            empty.say(NLS.bind(Messages.Health_Reading, run.name()), ""); // $NON-NLS-1$
            stack.show(empty);
        } else {
            empty.say(NLS.bind(Messages.Chart_NoMetrics, run.name()), Messages.Chart_NoMetricsText);
            stack.show(empty);
        }
    }

    private void summarize(List<Finding> findings) {
        Palette palette = Palette.of(Themes.isDark());
        long bad = findings.stream().filter(f -> f.level() == Finding.Level.BAD).count();
        long look =
                findings.stream().filter(f -> f.level() == Finding.Level.LOOK).count();
        long early =
                findings.stream().filter(f -> f.level() == Finding.Level.EARLY).count();
        String words;
        if (bad > 0) {
            words = NLS.bind(Messages.Health_SummaryBad, run.name(), bad);
        } else if (look > 0) {
            words = NLS.bind(
                    look == 1 ? Messages.Health_SummaryLookOne : Messages.Health_SummaryLook, run.name(), look);
        } else if (early > findings.size() / 2) {
            words = NLS.bind(Messages.Health_SummaryEarly, run.name());
        } else {
            words = NLS.bind(Messages.Health_SummaryGood, run.name());
        }
        summary.setText(words);
        summary.setForeground(bad > 0 ? palette.bad() : look > 0 ? palette.warning() : palette.text());
    }

    /** {@return what is shown, for tests} */
    public List<Finding> findings() {
        return cards.cards();
    }

    /** {@return the sentence over the cards, for tests} */
    public String summary() {
        return summary.getText();
    }

    /** {@return the words of the state without numbers, empty when there are numbers} */
    public String emptyWords() {
        return stack.shown() == empty ? empty.words() : ""; // $NON-NLS-1$
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
        super.dispose();
    }
}

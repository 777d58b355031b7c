package org.dinobench.ui.trainer.resources;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.run.ResourceFiles;
import org.dinobench.ui.common.parts.Commands;
import org.dinobench.ui.common.parts.EmptyState;
import org.dinobench.ui.common.parts.ViewStack;
import org.dinobench.ui.common.parts.Words;
import org.dinobench.ui.common.theme.Fonts;
import org.dinobench.ui.common.theme.Icons;
import org.dinobench.ui.common.theme.Palette;
import org.dinobench.ui.common.theme.Themes;
import org.dinobench.ui.common.workspace.ShowsItem;
import org.dinobench.ui.common.workspace.WorkspaceItem;
import org.dinobench.ui.trainer.Messages;
import org.dinobench.ui.trainer.runs.RunFollower;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.part.ViewPart;

/** What the chosen run takes of its machines, process by process, from the records that its workers write. */
public final class ResourcesView extends ViewPart implements ShowsItem {
    /** The view's id. */
    public static final String ID = "org.dinobench.ui.trainer.resources"; // $NON-NLS-1$

    private static final long PERIOD_MILLIS = 2000;

    private ViewStack stack;
    private EmptyState empty;
    private Composite main;
    private Label summary;
    private RankCards cards;
    private RunFollower follower;
    private volatile WorkspaceItem run;
    private Reading reading;

    /** What one look at the files brought. */
    private record Look(WorkspaceItem run, List<RankUse> ranks, String problem) {}

    @Override
    public void createPartControl(Composite parent) {
        stack = new ViewStack(parent);
        empty = new EmptyState(stack, Icons.MONITOR);
        empty.action(Messages.Runs_New, () -> Commands.run("org.dinobench.ui.trainer.newRun")); // $NON-NLS-1$
        main = new Composite(stack, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 6).applyTo(main);
        summary = new Label(main, SWT.NONE);
        summary.setFont(new Fonts(summary).strong());
        GridDataFactory.fillDefaults().grab(true, false).indent(12, 10).applyTo(summary);
        cards = new RankCards(main);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(cards);
        PlatformUI.getWorkbench().getHelpSystem().setHelp(parent, ID);
        Themes.onChange(stack, cards::redraw);
        reading = new Reading();
        follower = new RunFollower(this, stack, this::show);
    }

    @Override
    public void show(WorkspaceItem item) {
        follower.show(item);
    }

    private void show(List<WorkspaceItem> runs) {
        run = runs.isEmpty() ? null : runs.get(0);
        if (run == null) {
            reading.cancel();
            empty.say(Messages.Chart_None, Messages.Chart_NoneText);
            stack.show(empty);
            return;
        }
        reading.schedule();
    }

    /** Looks at the files, and again while the run lives. */
    private final class Reading extends Job {
        Reading() {
            super(Messages.Resources_Name);
            setSystem(true);
        }

        @Override
        protected IStatus run(IProgressMonitor monitor) {
            WorkspaceItem item = run;
            if (item == null || stack.isDisposed()) {
                return Status.OK_STATUS;
            }
            Look look;
            try {
                List<RankUse> ranks = new ArrayList<>();
                new ResourceFiles(item.folder())
                        .latest()
                        .forEach((rank, samples) -> ranks.add(new RankUse(rank, samples)));
                look = new Look(item, ranks, ""); // $NON-NLS-1$
            } catch (IOException | BadInputException e) {
                look = new Look(item, List.of(), e.getMessage());
            }
            Look result = look;
            if (!stack.isDisposed()) {
                stack.getDisplay().asyncExec(() -> fill(result));
            }
            if (isAlive(item) && !monitor.isCanceled()) {
                schedule(PERIOD_MILLIS);
            }
            return Status.OK_STATUS;
        }
    }

    private static boolean isAlive(WorkspaceItem item) {
        return item.status().map(s -> s.state().isAlive()).orElse(false);
    }

    private void fill(Look look) {
        if (stack.isDisposed() || run == null || !look.run().sameAs(run)) {
            return;
        }
        if (look.ranks().isEmpty()) {
            cards.setCards(List.of());
            boolean broken = !look.problem().isEmpty();
            empty.say(
                    NLS.bind(broken ? Messages.Resources_Broken : Messages.Resources_None, run.name()),
                    broken ? look.problem() : Messages.Resources_NoneText);
            stack.show(empty);
            return;
        }
        cards.setCards(look.ranks());
        double cores = look.ranks().stream()
                .mapToDouble(r -> r.now().cores())
                .filter(Double::isFinite)
                .sum();
        long memory = look.ranks().stream().mapToLong(r -> r.now().memory()).sum();
        summary.setText(
                NLS.bind(isAlive(run) ? Messages.Resources_Summary : Messages.Resources_SummaryEnded, new Object[] {
                    run.name(),
                    look.ranks().size(),
                    String.format(Locale.ROOT, "%.1f", cores), // $NON-NLS-1$
                    Words.bytes(memory)
                }));
        summary.setForeground(Palette.of(Themes.isDark()).text());
        stack.show(main);
    }

    /** {@return what is shown, for tests} */
    public List<RankUse> ranks() {
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

    @Override
    public void setFocus() {
        stack.shown().setFocus();
    }

    @Override
    public void dispose() {
        run = null;
        if (reading != null) {
            reading.cancel();
        }
        super.dispose();
    }
}

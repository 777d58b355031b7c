package org.dinobench.ui.trainer.wizard;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.core.workspace.Workspace;
import org.dinobench.trainer.MemoryFit;
import org.dinobench.ui.common.parts.Words;
import org.dinobench.ui.common.theme.Palette;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.dinobench.ui.trainer.Messages;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Group;
import org.eclipse.swt.widgets.Label;

/** What the run will take: memory, steps, disk by the core's estimate, and time when it is measured. */
final class EstimatePanel {
    private static final int QUIET_MILLIS = 250;

    private final Label memory;
    private final Label steps;
    private final Label time;
    private final Button measure;
    private final Group box;
    private Consumer<Optional<String>> onProblem = problem -> {};
    private TrainSpec spec;
    private String dataset = ""; // $NON-NLS-1$
    private int ranks = 1;
    private Job job;
    private StepTime timing;

    EstimatePanel(Composite parent) {
        box = new Group(parent, SWT.NONE);
        box.setText(Messages.Estimate_Title);
        GridLayoutFactory.swtDefaults()
                .numColumns(2)
                .margins(12, 8)
                .spacing(12, 4)
                .applyTo(box);
        memory = words(2);
        steps = words(2);
        time = words(1);
        measure = new Button(box, SWT.PUSH);
        measure.setText(Messages.Estimate_Measure);
        measure.setToolTipText(Messages.Estimate_MeasureTip);
        measure.addListener(SWT.Selection, e -> measure());
        box.addListener(SWT.Dispose, e -> stop());
    }

    private Label words(int span) {
        Label label = new Label(box, SWT.WRAP);
        GridDataFactory.fillDefaults()
                .span(span, 1)
                .grab(true, false)
                .align(SWT.FILL, SWT.CENTER)
                .hint(420, SWT.DEFAULT)
                .applyTo(label);
        return label;
    }

    Group control() {
        return box;
    }

    /** @param listener gets what keeps the run from being started, or nothing; UI thread */
    void onProblem(Consumer<Optional<String>> listener) {
        onProblem = listener;
    }

    /** Estimates anew in the background, when something is another one than before. */
    void show(TrainSpec wanted, String name, int processes) {
        if (wanted.equals(spec) && name.equals(dataset) && processes == ranks) {
            return;
        }
        spec = wanted;
        dataset = name;
        ranks = processes;
        stop();
        if (name.isEmpty()) {
            return;
        }
        Workspace workspace = ActiveWorkspace.get().workspace();
        memory.setText(Messages.Estimate_Wait);
        job = new Job(Messages.Estimate_Title) {
            @Override
            protected IStatus run(IProgressMonitor monitor) {
                try {
                    RunEstimate estimate = RunEstimate.of(wanted, workspace, name, processes);
                    later(this, () -> told(estimate));
                } catch (IOException | BadInputException e) {
                    later(this, () -> failed(e.getMessage()));
                }
                return Status.OK_STATUS;
            }
        };
        job.setSystem(true);
        job.schedule(QUIET_MILLIS);
    }

    private void later(Job from, Runnable action) {
        if (!box.isDisposed()) {
            box.getDisplay().asyncExec(() -> {
                if (!box.isDisposed() && job == from) {
                    action.run();
                }
            });
        }
    }

    private void told(RunEstimate estimate) {
        MemoryFit fit = estimate.plan().memory();
        Palette palette = Palette.of(box.getParent());
        String needs =
                NLS.bind(Messages.Estimate_Memory, Words.count(fit.estimate().parameters()), fit.sentence());
        memory.setText(
                fit.fits() ? needs : needs + " " + NLS.bind(Messages.Estimate_NotFit, fit.repair())); // $NON-NLS-1$
        memory.setForeground(fit.fits() ? palette.text() : palette.bad());
        steps.setText(NLS.bind(Messages.Estimate_Steps, new Object[] {
            Words.count(estimate.plan().steps()),
            Words.count(estimate.images()),
            estimate.plan().checkpoints(),
            Words.bytes(estimate.plan().checkpointBytes())
        }));
        time.setText(
                estimate.minutes().isPresent()
                        ? NLS.bind(
                                Messages.Estimate_Clock,
                                Words.duration(Duration.ofSeconds(
                                        Math.round(60 * estimate.minutes().getAsDouble()))))
                        : Messages.Estimate_Unknown);
        measure.setEnabled(!spec.distill().enabled());
        onProblem.accept(
                fit.fits() ? Optional.empty() : Optional.of(NLS.bind(Messages.Estimate_TooLarge, fit.repair())));
        box.getParent().layout(true, true);
    }

    private void failed(String why) {
        memory.setText(why);
        memory.setForeground(Palette.of(box.getParent()).bad());
        steps.setText(""); // $NON-NLS-1$
        time.setText(""); // $NON-NLS-1$
        measure.setEnabled(false);
        onProblem.accept(Optional.of(why));
        box.getParent().layout(true, true);
    }

    private void measure() {
        measure.setEnabled(false);
        time.setText(Messages.Estimate_Measuring);
        timing = new StepTime(spec, dataset, ActiveWorkspace.get().root(), result -> {
            if (!box.isDisposed()) {
                box.getDisplay().asyncExec(() -> measured(result));
            }
        });
        timing.schedule();
    }

    private void measured(StepTime.Result result) {
        if (box.isDisposed()) {
            return;
        }
        measure.setEnabled(true);
        String step = String.format(Locale.ROOT, "%.2f", result.stepSeconds()); // $NON-NLS-1$
        time.setText(
                result.problem().isEmpty()
                        ? NLS.bind(
                                Messages.Estimate_Time,
                                step,
                                Words.duration(Duration.ofSeconds(Math.round(result.seconds()))))
                        : result.problem());
        box.getParent().layout(true, true);
    }

    private void stop() {
        if (job != null) {
            job.cancel();
            job = null;
        }
        if (timing != null) {
            timing.cancel();
        }
    }

    String words() {
        return memory.getText() + "\n" + steps.getText() + "\n" + time.getText(); // $NON-NLS-1$ //$NON-NLS-2$
    }

    Button measureButton() {
        return measure;
    }
}

package org.dinobench.ui.curator.view;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.SpecReader;
import org.dinobench.curator.dedup.DuplicatePreview;
import org.dinobench.curator.spec.CurationSpec;
import org.dinobench.ui.common.parts.EmptyState;
import org.dinobench.ui.common.parts.Words;
import org.dinobench.ui.common.theme.Icons;
import org.dinobench.ui.curator.Messages;
import org.dinobench.ui.curator.curate.CurateWizard;
import org.dinobench.ui.curator.model.DatasetContent;
import org.dinobench.ui.curator.model.DuplicateOrder;
import org.dinobench.ui.curator.model.Duplicates;
import org.dinobench.ui.curator.model.ImageElement;
import org.dinobench.ui.curator.review.KeepHandler;
import org.dinobench.ui.curator.review.PictureKeys;
import org.dinobench.ui.curator.review.ReviewOperation;
import org.dinobench.ui.curator.similarity.Evidence;
import org.dinobench.ui.curator.similarity.ExamplePairs;
import org.dinobench.ui.curator.similarity.PreviewJob;
import org.dinobench.ui.curator.similarity.SimilarityCanvas;
import org.eclipse.core.commands.operations.IUndoContext;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.operations.UndoRedoActionGroup;

/**
 * Near-duplicate groups side by side, those with conflicting labels first; K keeps a picture, D drops it. A slider over
 * the histogram of similarities shows the groups that another threshold would make.
 */
public final class DuplicatesView extends DatasetView {
    /** The view's id. */
    public static final String ID = "org.dinobench.ui.curator.duplicates"; // $NON-NLS-1$

    private Label summary;
    private Label keys;
    private Button conflicts;
    private Composite threshold;
    private SimilarityCanvas slider;
    private ExamplePairs examples;
    private Label effect;
    private Button again;
    private DuplicateRows rows;
    private PreviewJob preview;
    private DatasetContent content;
    private Evidence evidence;
    private List<Duplicates> previewed;

    @Override
    Control createMain(Composite parent) {
        Composite main = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 0).applyTo(main);
        Composite bar = new Composite(main, SWT.NONE);
        GridLayoutFactory.fillDefaults()
                .numColumns(3)
                .margins(10, 6)
                .spacing(16, 4)
                .applyTo(bar);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(bar);
        summary = new Label(bar, SWT.NONE);
        conflicts = new Button(bar, SWT.CHECK);
        conflicts.setText(Messages.Duplicates_OnlyConflicts);
        conflicts.addListener(SWT.Selection, e -> showRows());
        Button differences = new Button(bar, SWT.CHECK);
        differences.setText(Messages.Duplicates_Differences);
        differences.setToolTipText(Messages.Duplicates_DifferencesTip);
        differences.addListener(SWT.Selection, e -> rows.setDifferences(differences.getSelection()));
        keys = new Label(bar, SWT.NONE);
        keys.setText(Messages.Duplicates_Keys);
        GridDataFactory.fillDefaults()
                .span(3, 1)
                .grab(true, false)
                .align(SWT.FILL, SWT.CENTER)
                .applyTo(keys);
        createThreshold(main);
        rows = new DuplicateRows(main, (image, keep) -> KeepHandler.decide(List.of(image), keep));
        GridDataFactory.fillDefaults().grab(true, true).applyTo(rows);
        PictureKeys.attach(getSite(), rows);
        preview = new PreviewJob(rows, this::show);
        getSite().setSelectionProvider(rows);
        new UndoRedoActionGroup(getSite(), ReviewOperation.context(), true)
                .fillActionBars(getViewSite().getActionBars());
        return main;
    }

    private void createThreshold(Composite main) {
        threshold = new Composite(main, SWT.NONE);
        GridLayoutFactory.fillDefaults()
                .numColumns(2)
                .margins(10, 4)
                .spacing(12, 4)
                .applyTo(threshold);
        GridDataFactory.fillDefaults().grab(true, false).exclude(true).applyTo(threshold);
        threshold.setVisible(false);
        slider = new SimilarityCanvas(threshold, this::dragged);
        GridDataFactory.fillDefaults()
                .span(2, 1)
                .grab(true, false)
                .hint(SWT.DEFAULT, 84)
                .applyTo(slider);
        examples = new ExamplePairs(threshold);
        GridDataFactory.fillDefaults()
                .span(2, 1)
                .grab(true, false)
                .exclude(true)
                .applyTo(examples);
        examples.setVisible(false);
        effect = new Label(threshold, SWT.WRAP);
        GridDataFactory.fillDefaults()
                .grab(true, false)
                .hint(260, SWT.DEFAULT)
                .align(SWT.FILL, SWT.CENTER)
                .applyTo(effect);
        again = new Button(threshold, SWT.PUSH);
        again.setText(Messages.Duplicates_Again);
        again.setToolTipText(Messages.Duplicates_AgainTip);
        again.setEnabled(false);
        again.addListener(SWT.Selection, e -> curateAgain());
    }

    @Override
    Icons icon() {
        return Icons.DUPLICATES;
    }

    @Override
    boolean fill(DatasetContent newContent) {
        boolean other = content == null || !content.dataset().equals(newContent.dataset());
        content = newContent;
        if (other) {
            evidence = null;
            previewed = null;
            showThreshold();
        }
        readEvidence(newContent);
        showRows();
        return !newContent.duplicates().isEmpty() || evidence != null;
    }

    private void readEvidence(DatasetContent of) {
        Display display = rows.getDisplay();
        Job.createSystem(
                        "similarities",
                        monitor -> { // $NON-NLS-1$
                            Optional<Evidence> found = Optional.empty();
                            String problem = ""; // $NON-NLS-1$
                            try {
                                found = Evidence.of(
                                        of.dataset(),
                                        of.images().stream()
                                                .map(ImageElement::entry)
                                                .toList());
                            } catch (IOException | BadInputException e) {
                                problem = e.getMessage();
                            }
                            Evidence result = found.orElse(null);
                            String why = problem;
                            if (!display.isDisposed()) {
                                display.asyncExec(() -> {
                                    if (!rows.isDisposed() && of == content) {
                                        take(result, why);
                                    }
                                });
                            }
                            return Status.OK_STATUS;
                        })
                .schedule();
    }

    private void take(Evidence found, String problem) {
        boolean first = evidence == null;
        evidence = found;
        if (found != null) {
            double at = first || previewed == null ? found.similarities().threshold() : slider.threshold();
            slider.show(found.similarities(), at);
            if (!content.duplicates().isEmpty() || found.preview().isPresent()) {
                showMain(true);
            }
        } else {
            previewed = null;
        }
        showThreshold();
        if (found == null) {
            say(problem);
            showRows();
        } else {
            say(""); // $NON-NLS-1$
            told(slider.threshold());
        }
    }

    /** Says why the histogram cannot be shown, in the place of the keys' help. */
    private void say(String problem) {
        keys.setText(problem.isEmpty() ? Messages.Duplicates_Keys : problem);
        keys.setToolTipText(problem.isEmpty() ? null : problem);
    }

    private void showThreshold() {
        boolean some = evidence != null;
        ((GridData) threshold.getLayoutData()).exclude = !some;
        threshold.setVisible(some);
        threshold.getParent().layout(true, true);
    }

    private void dragged(double at) {
        told(at);
        boolean moved = Math.abs(at - evidence.similarities().threshold()) > 1e-9;
        ((GridData) examples.getLayoutData()).exclude = !moved;
        examples.setVisible(moved);
        examples.show(evidence.dataset(), slider.examples(), at);
        again.setEnabled(moved);
        threshold.getParent().layout(true, true);
    }

    private void told(double at) {
        double used = evidence.similarities().threshold();
        if (at < used - 1e-9) {
            previewed = null;
            effect.setText(NLS.bind(Messages.Curate_EffectBelow, SimilarityCanvas.text(used)));
            showRows();
        } else if (evidence.preview().isPresent()) {
            preview.ask(evidence.preview().get(), at);
        } else {
            effect.setText(Messages.Duplicates_NoPairs);
        }
    }

    private void show(DuplicatePreview.Effect found) {
        effect.setText(NLS.bind(Messages.Curate_Effect, new Object[] {
            SimilarityCanvas.text(found.threshold()),
            Words.count(found.groups().groups().size()),
            Words.count(found.dropped()),
            Words.count(found.conflicting())
        }));
        boolean asItIs = Math.abs(found.threshold() - evidence.similarities().threshold()) < 1e-9;
        previewed = asItIs ? null : DuplicateOrder.of(found, content);
        threshold.layout(true, true);
        showRows();
    }

    private void showRows() {
        List<Duplicates> all = previewed == null ? content.duplicates() : previewed;
        rows.show(
                content,
                all.stream()
                        .filter(d -> !conflicts.getSelection() || d.conflicting())
                        .toList());
        long conflicting = all.stream().filter(Duplicates::conflicting).count();
        summary.setText(NLS.bind(
                previewed == null ? Messages.Duplicates_Summary : Messages.Duplicates_SummaryPreview,
                Words.count(all.size()),
                Words.count(conflicting)));
        summary.getParent().layout();
    }

    /** Opens the curate wizard with all as it was and the threshold that the slider shows. */
    private void curateAgain() {
        CurationSpec spec = SpecReader.of(CurationSpec.class)
                .set(evidence.spec(), "dedup.threshold=" + SimilarityCanvas.text(slider.threshold())); // $NON-NLS-1$
        new WizardDialog(
                        getSite().getShell(),
                        new CurateWizard(spec, evidence.dataset().name(), evidence.curation()))
                .open();
    }

    @Override
    void explain(EmptyState state, String dataset) {
        state.say(Messages.Duplicates_None, NLS.bind(Messages.Duplicates_NoneText, dataset));
    }

    @Override
    String helpContext() {
        return "org.dinobench.ui.curator.duplicates"; //$NON-NLS-1$
    }

    /** {@return where decisions can be taken back, for tests} */
    public IUndoContext undoContext() {
        return ReviewOperation.context();
    }

    /** {@return number of groups that are shown, for tests} */
    public int rows() {
        return rows.cards().size();
    }

    /** {@return the effect of the threshold in words, for tests; empty when there is no histogram} */
    public String effectWords() {
        return threshold.isVisible() ? effect.getText() : ""; // $NON-NLS-1$
    }

    /** {@return why there is no histogram although there should be one, or the help that stands there, for tests} */
    public String problemWords() {
        return keys.getText();
    }

    /** {@return the slider, for tests} */
    SimilarityCanvas slider() {
        return slider;
    }

    /** Moves the slider as a person would. */
    public void choose(double at) {
        slider.setThreshold(at);
        dragged(at);
    }
}

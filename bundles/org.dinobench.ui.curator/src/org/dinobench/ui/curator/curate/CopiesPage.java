package org.dinobench.ui.curator.curate;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.dinobench.curator.dedup.DuplicatePreview;
import org.dinobench.curator.spec.ConflictRule;
import org.dinobench.curator.spec.CurationSpec;
import org.dinobench.ui.common.parts.Words;
import org.dinobench.ui.curator.Messages;
import org.dinobench.ui.curator.similarity.Evidence;
import org.dinobench.ui.curator.similarity.ExamplePairs;
import org.dinobench.ui.curator.similarity.PreviewJob;
import org.dinobench.ui.curator.similarity.SimilarityCanvas;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.DirectoryDialog;
import org.eclipse.swt.widgets.Group;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Text;

/** What counts as a copy, and what happens with copies: the threshold is chosen by eye where an earlier curation helps. */
public final class CopiesPage extends CuratePage {
    private static final int HUNDRED = 100;

    private Button enabled;
    private Button automatic;
    private Button chosen;
    private Spinner threshold;
    private Button verify;
    private Label evidenceWords;
    private SimilarityCanvas slider;
    private ExamplePairs examples;
    private Label effect;
    private Button keepOne;
    private Button keepNone;
    private Text references;
    private Button addReference;
    private PreviewJob preview;
    private Evidence evidence;

    CopiesPage() {
        super("copies", Messages.Curate_CopiesTitle, Messages.Curate_CopiesText); // $NON-NLS-1$
    }

    @Override
    void create(Composite page, Rows rows) {
        enabled = rows.button(page, SWT.CHECK, Messages.Curate_LookForCopies, 1);
        Group how = Rows.group(page, Messages.Curate_Threshold, 3);
        automatic = rows.button(how, SWT.RADIO, Messages.Curate_ThresholdAuto, 3);
        chosen = rows.button(how, SWT.RADIO, Messages.Curate_ThresholdChosen, 1);
        threshold = rows.spinner(how, 60, -HUNDRED, HUNDRED, 2);
        threshold.setToolTipText(Messages.Curate_ThresholdTip);
        verify = rows.button(how, SWT.CHECK, Messages.Curate_Verify, 1);
        evidenceWords = Rows.words(how, Messages.Curate_NoEvidence, 3);
        slider = new SimilarityCanvas(how, this::dragged);
        GridDataFactory.fillDefaults()
                .span(3, 1)
                .grab(true, true)
                .hint(SWT.DEFAULT, 84)
                .applyTo(slider);
        examples = new ExamplePairs(how);
        GridDataFactory.fillDefaults().span(3, 1).grab(true, false).applyTo(examples);
        effect = Rows.words(how, "", 3); // $NON-NLS-1$
        Group then = Rows.group(page, Messages.Curate_Conflicts, 2);
        keepOne = rows.button(then, SWT.RADIO, Messages.Curate_ConflictsKeep, 1);
        keepNone = rows.button(then, SWT.RADIO, Messages.Curate_ConflictsDrop, 1);
        Group apart = Rows.group(page, Messages.Curate_References, 2);
        references = rows.text(apart, 1);
        references.setMessage(Messages.Curate_ReferencesTip);
        addReference = new Button(apart, SWT.PUSH);
        addReference.setText(Messages.Curate_AddFolder);
        addReference.addListener(SWT.Selection, e -> addReference());
        preview = new PreviewJob(effect, this::show);
        showEvidence(null);
    }

    @Override
    void load(CurationSpec spec) {
        enabled.setSelection(spec.dedup().enabled());
        boolean own = spec.dedup().threshold().isPresent();
        automatic.setSelection(!own);
        chosen.setSelection(own);
        spec.dedup().threshold().ifPresent(t -> threshold.setSelection((int) Math.round(t * HUNDRED)));
        verify.setSelection(spec.dedup().verify());
        keepOne.setSelection(spec.dedup().conflicts() == ConflictRule.KEEP);
        keepNone.setSelection(spec.dedup().conflicts() == ConflictRule.DROP);
        references.setText(String.join("; ", spec.dedup().references())); // $NON-NLS-1$
    }

    @Override
    List<String> assignments() {
        String list = referenceList().stream().map(CuratePage::quoted).collect(Collectors.joining(", ")); // $NON-NLS-1$
        return List.of(
                "dedup.enabled=" + enabled.getSelection(), // $NON-NLS-1$
                "dedup.threshold=" //$NON-NLS-1$
                        + (automatic.getSelection()
                                ? "auto"
                                : String.format(Locale.ROOT, "%.2f", value())), // $NON-NLS-1$
                "dedup.verify=" + verify.getSelection(), // $NON-NLS-1$
                "dedup.conflicts=" + (keepOne.getSelection() ? "keep" : "drop"), // $NON-NLS-1$
                "dedup.references=[" + list + "]"); // $NON-NLS-1$ //$NON-NLS-2$
    }

    private double value() {
        return threshold.getSelection() / (double) HUNDRED;
    }

    private List<String> referenceList() {
        return references
                .getText()
                .lines()
                .flatMap(line -> List.of(line.split(";")).stream()) // $NON-NLS-1$
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    @Override
    Optional<String> problem() {
        for (String reference : referenceList()) {
            if (!exists(reference)) {
                return Optional.of(NLS.bind(Messages.Curate_ReferenceNone, reference));
            }
        }
        return Optional.empty();
    }

    private static boolean exists(String reference) {
        try {
            return Files.exists(Path.of(reference));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    @Override
    void refresh() {
        boolean on = enabled.getSelection();
        enable(on, automatic, chosen, verify);
        enable(on && chosen.getSelection(), threshold);
        boolean low = on && chosen.getSelection() && value() < 0.3;
        setMessage(low ? Messages.Curate_ThresholdLow : null, low ? IMessageProvider.WARNING : IMessageProvider.NONE);
        if (evidence != null) {
            double at = automatic.getSelection() ? evidence.similarities().threshold() : value();
            slider.setThreshold(at);
            told(at);
        }
    }

    /** Shows what an earlier curation of the chosen dataset knows, null for nothing. */
    void showEvidence(Evidence found) {
        evidence = found;
        boolean some = found != null;
        for (org.eclipse.swt.widgets.Control control : List.of(slider, examples, effect)) {
            // hidden, they keep their room: the dialog has its size before the histogram is read
            control.setVisible(some);
        }
        if (some) {
            slider.show(found.similarities(), found.similarities().threshold());
            modelChanged();
        } else {
            evidenceWords.setText(Messages.Curate_NoEvidence);
        }
        slider.getParent().getParent().layout(true, true);
        changed();
    }

    /** Says whose similarities the histogram shows: those of another model are on another scale. */
    void modelChanged() {
        if (evidence != null) {
            boolean same = evidence.model().equals(curate().modelForCopies());
            evidenceWords.setText(NLS.bind(
                    same ? Messages.Curate_Evidence : Messages.Curate_EvidenceOther,
                    evidence.curation(),
                    SimilarityCanvas.text(evidence.similarities().threshold())));
        }
    }

    /** Says why the histogram cannot be shown. */
    void showProblem(String problem) {
        showEvidence(null);
        evidenceWords.setText(problem);
        evidenceWords.getParent().layout(true, true);
    }

    private void dragged(double at) {
        automatic.setSelection(false);
        chosen.setSelection(true);
        threshold.setSelection((int) Math.round(at * HUNDRED));
        changed();
    }

    private void told(double at) {
        examples.show(evidence.dataset(), slider.examples(), at);
        if (at < evidence.similarities().threshold() - 1e-9) {
            effect.setText(NLS.bind(
                    Messages.Curate_EffectBelow,
                    SimilarityCanvas.text(evidence.similarities().threshold())));
        } else {
            evidence.preview().ifPresentOrElse(p -> preview.ask(p, at), () -> effect.setText("")); // $NON-NLS-1$
        }
    }

    private void show(DuplicatePreview.Effect found) {
        effect.setText(NLS.bind(Messages.Curate_Effect, new Object[] {
            SimilarityCanvas.text(found.threshold()),
            Words.count(found.groups().groups().size()),
            Words.count(found.dropped()),
            Words.count(found.conflicting())
        }));
    }

    private void addReference() {
        DirectoryDialog dialog = new DirectoryDialog(getShell());
        dialog.setMessage(Messages.Curate_References);
        String folder = dialog.open();
        if (folder != null) {
            String before = references.getText().strip();
            references.setText(before.isEmpty() ? folder : before + "; " + folder); // $NON-NLS-1$
        }
    }

    /**
     * Chooses a threshold, as a person would.
     *
     * @param hundredths of the cosine
     */
    public void fillThreshold(int hundredths) {
        automatic.setSelection(false);
        chosen.setSelection(true);
        threshold.setSelection(hundredths);
        changed();
    }

    /** Names reference sets, as a person would. @param text folders, with semicolons between them */
    public void fillReferences(String text) {
        references.setText(text);
    }

    /** {@return the slider, for tests} */
    SimilarityCanvas slider() {
        return slider;
    }

    /** {@return the effect in words, for tests} */
    public String effectWords() {
        return effect.getText();
    }

    /** {@return what is said of the histogram, for tests} */
    public String evidenceWords() {
        return evidenceWords.getText();
    }

    /** {@return whether there is a histogram to choose by} */
    public boolean hasEvidence() {
        return evidence != null;
    }
}

package org.dinobench.ui.trainer.wizard;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.dinobench.ui.common.parts.AccessibleName;
import org.dinobench.ui.trainer.Messages;
import org.dinobench.ui.trainer.form.SpecDraft;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Group;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Text;

/** Batch, precision and threads, where the run works, and what it will take. */
public final class ResourcesPage extends SpecPage {
    private static final int MOST_RANKS = 256;

    private static final List<String> PATHS = List.of(
            "train.batch_size_per_gpu", //$NON-NLS-1$
            "train.gradient_accumulation", //$NON-NLS-1$
            "train.precision", //$NON-NLS-1$
            "train.activation_checkpointing", //$NON-NLS-1$
            "train.threads", //$NON-NLS-1$
            "train.num_workers"); //$NON-NLS-1$

    private final DataPage data;
    private EstimatePanel estimate;
    private Button here;
    private Spinner ranks;
    private Button elsewhere;
    private Text profile;
    private Button browse;
    private Button start;
    private Optional<String> tooMuch = Optional.empty();

    ResourcesPage(SpecDraft draft, DataPage data) {
        super("resources", Messages.NewRun_ResourcesTitle, Messages.NewRun_ResourcesText, draft, PATHS); // $NON-NLS-1$
        this.data = data;
    }

    @Override
    protected int formHeight() {
        return 200;
    }

    @Override
    protected void below(Composite page) {
        Group where = new Group(page, SWT.NONE);
        where.setText(Messages.NewRun_Where);
        GridLayoutFactory.swtDefaults()
                .numColumns(3)
                .margins(12, 8)
                .spacing(10, 6)
                .applyTo(where);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(where);
        here = radio(where, Messages.NewRun_Here);
        ranks = new Spinner(where, SWT.BORDER);
        ranks.setValues(1, 1, MOST_RANKS, 0, 1, 4);
        ranks.setToolTipText(Messages.NewRun_RanksTip);
        ranks.addListener(SWT.Selection, e -> refresh());
        AccessibleName.set(ranks, () -> Messages.NewRun_RanksTip);
        GridDataFactory.swtDefaults().span(2, 1).applyTo(ranks);
        elsewhere = radio(where, Messages.NewRun_Cluster);
        profile = new Text(where, SWT.BORDER);
        profile.setMessage(Messages.NewRun_ProfileHint);
        profile.addListener(SWT.Modify, e -> refresh());
        AccessibleName.set(profile, () -> Messages.NewRun_ProfileHint);
        GridDataFactory.fillDefaults()
                .grab(true, false)
                .align(SWT.FILL, SWT.CENTER)
                .applyTo(profile);
        browse = new Button(where, SWT.PUSH);
        browse.setText(Messages.NewRun_BrowseFile);
        browse.addListener(SWT.Selection, e -> {
            FileDialog dialog = new FileDialog(getShell(), SWT.OPEN);
            dialog.setFilterExtensions(new String[] {"*.yaml;*.yml", "*"}); // $NON-NLS-1$ //$NON-NLS-2$
            Optional.ofNullable(dialog.open()).ifPresent(profile::setText);
        });
        here.setSelection(true);
        estimate = new EstimatePanel(page);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(estimate.control());
        estimate.onProblem(problem -> {
            tooMuch = problem;
            validate();
        });
        start = new Button(page, SWT.CHECK);
        start.setText(Messages.NewRun_Start);
        start.setSelection(true);
    }

    private Button radio(Composite parent, String text) {
        Button button = new Button(parent, SWT.RADIO);
        button.setText(text);
        button.addListener(SWT.Selection, e -> refresh());
        return button;
    }

    @Override
    protected void refresh() {
        if (estimate == null || estimate.control().isDisposed()) {
            return;
        }
        boolean local = here.getSelection();
        ranks.setEnabled(local);
        profile.setEnabled(!local);
        browse.setEnabled(!local);
        if (isCurrentPage()) {
            estimate.show(draft().spec(), data.dataset(), place().here());
        }
        super.refresh();
    }

    @Override
    public void setVisible(boolean visible) {
        super.setVisible(visible);
        if (visible) {
            refresh();
        }
    }

    @Override
    protected Optional<String> further() {
        if (here.getSelection()) {
            return draft().spec().distill().enabled() && ranks.getSelection() > 1
                    ? Optional.of(Messages.NewRun_DistillOne)
                    : tooMuch;
        }
        String file = profile.getText().strip();
        if (file.isEmpty()) {
            return Optional.of(Messages.NewRun_ProfileMissing);
        }
        return Files.isRegularFile(Path.of(file))
                ? Optional.empty()
                : Optional.of(NLS.bind(Messages.NewRun_ProfileNoFile, file));
    }

    /** Whatever stands on no other page is said here. */
    @Override
    protected boolean concerns(String path) {
        return path.startsWith("train.") || path.startsWith("evaluation.") || path.indexOf('.') < 0; // $NON-NLS-1$
    }

    /** {@return where the run is to work} */
    RunPlace place() {
        return here == null || here.getSelection()
                ? new RunPlace(ranks == null ? 1 : ranks.getSelection(), Optional.empty())
                : new RunPlace(1, Optional.of(profile.getText().strip()));
    }

    /** {@return whether the run is to be started at once} */
    boolean starts() {
        return start == null || start.getSelection();
    }

    /**
     * Chooses where the run works, as a person would.
     *
     * @param processes on this computer
     * @param file of a cluster; empty for this computer
     */
    public void choose(int processes, String file) {
        here.setSelection(file.isEmpty());
        elsewhere.setSelection(!file.isEmpty());
        ranks.setSelection(processes);
        profile.setText(file);
        refresh();
    }

    /**
     * Decides whether the run starts at once, as a person would.
     *
     * @param value false to write its spec only
     */
    public void setStarts(boolean value) {
        start.setSelection(value);
    }

    /** {@return what the run will take, in words} */
    public String estimateWords() {
        return estimate.words();
    }

    /** {@return the button that measures a step} */
    public Button measureButton() {
        return estimate.measureButton();
    }
}

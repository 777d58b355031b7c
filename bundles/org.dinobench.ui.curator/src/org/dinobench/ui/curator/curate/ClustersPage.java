package org.dinobench.ui.curator.curate;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.dinobench.curator.spec.CurationSpec;
import org.dinobench.curator.spec.RetrieveMode;
import org.dinobench.ui.common.parts.Words;
import org.dinobench.ui.curator.Messages;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.DirectoryDialog;
import org.eclipse.swt.widgets.Group;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Text;

/** How images are grouped, whether to keep only what is like a seed set, and how many of each group stay. */
public final class ClustersPage extends CuratePage {
    private static final int MOST = 10_000_000;
    private static final RetrieveMode[] MODES = {RetrieveMode.NONE, RetrieveMode.SAMPLE, RetrieveMode.CLUSTER};

    private Button enabled;
    private Button automatic;
    private Button chosen;
    private Spinner clusters;
    private Text levels;
    private Label clusterWords;
    private Combo retrieve;
    private Text seeds;
    private Button browse;
    private Button keepAll;
    private Button balance;
    private Spinner target;
    private Label balanceWords;

    ClustersPage() {
        super("clusters", Messages.Curate_ClustersTitle, Messages.Curate_ClustersText); // $NON-NLS-1$
    }

    @Override
    void create(Composite page, Rows rows) {
        enabled = rows.button(page, SWT.CHECK, Messages.Curate_MakeClusters, 1);
        Group how = Rows.group(page, Messages.Curate_HowMany, 2);
        automatic = rows.button(how, SWT.RADIO, Messages.Curate_ClustersAuto, 2);
        chosen = rows.button(how, SWT.RADIO, Messages.Curate_ClustersChosen, 1);
        clusters = rows.spinner(how, 50, 1, MOST, 0);
        Rows.label(how, Messages.Curate_Levels);
        levels = rows.text(how, 1);
        levels.setMessage(Messages.Curate_LevelsTip);
        clusterWords = Rows.words(how, "", 2); // $NON-NLS-1$
        Group like = Rows.group(page, Messages.Curate_Retrieve, 3);
        retrieve = rows.combo(
                like,
                List.of(Messages.Curate_RetrieveNone, Messages.Curate_RetrieveSample, Messages.Curate_RetrieveCluster),
                3);
        Rows.label(like, Messages.Curate_Seeds);
        seeds = rows.text(like, 1);
        browse = new Button(like, SWT.PUSH);
        browse.setText(Messages.Import_Browse);
        browse.addListener(SWT.Selection, e -> browse());
        Group even = Rows.group(page, Messages.Curate_Balance, 2);
        keepAll = rows.button(even, SWT.RADIO, Messages.Curate_BalanceNone, 2);
        balance = rows.button(even, SWT.RADIO, Messages.Curate_BalanceTarget, 1);
        target = rows.spinner(even, 1000, 1, MOST * 10, 0);
        balanceWords = Rows.words(even, "", 2); // $NON-NLS-1$
    }

    @Override
    void load(CurationSpec spec) {
        enabled.setSelection(spec.cluster().enabled());
        boolean own = spec.cluster().clusters().isPresent();
        automatic.setSelection(!own);
        chosen.setSelection(own);
        spec.cluster().clusters().ifPresent(clusters::setSelection);
        levels.setText(
                spec.cluster().levels().stream().map(String::valueOf).collect(Collectors.joining(", "))); // $NON-NLS-1$
        retrieve.select(List.of(MODES).indexOf(spec.retrieve().mode()));
        seeds.setText(spec.retrieve().seeds());
        keepAll.setSelection(spec.balance().target() == 0);
        balance.setSelection(spec.balance().target() > 0);
        if (spec.balance().target() > 0) {
            target.setSelection(spec.balance().target());
        }
    }

    private boolean clustered() {
        return enabled.getSelection();
    }

    @Override
    List<String> assignments() {
        return List.of(
                "cluster.enabled=" + clustered(), // $NON-NLS-1$
                "cluster.clusters=" //$NON-NLS-1$
                        + (automatic.getSelection() ? "auto" : String.valueOf(clusters.getSelection())), // $NON-NLS-1$
                "cluster.levels=[" + levels.getText().strip() + "]", // $NON-NLS-1$ //$NON-NLS-2$
                "retrieve.mode="
                        + MODES[Math.max(0, retrieve.getSelectionIndex())]
                                .name()
                                .toLowerCase(java.util.Locale.ROOT), // $NON-NLS-1$
                "retrieve.seeds=" + quoted(seeds.getText().strip()), // $NON-NLS-1$
                "balance.target=" + (balance.getSelection() ? target.getSelection() : 0)); // $NON-NLS-1$
    }

    @Override
    Optional<String> problem() {
        if (!levels.getText().strip().matches("([0-9]+(\\s*,\\s*[0-9]+)*)?")) { // $NON-NLS-1$
            return Optional.of(NLS.bind(Messages.Curate_LevelsBad, levels.getText()));
        }
        String folder = seeds.getText().strip();
        if (retrieve.getSelectionIndex() > 0 && !folder.isEmpty() && !exists(folder)) {
            return Optional.of(NLS.bind(Messages.Curate_SeedsNone, folder));
        }
        long images = curate().images();
        if (balance.getSelection() && images > 0 && target.getSelection() > images) {
            return Optional.of(NLS.bind(Messages.Curate_BalanceTooMany, Words.count(images)));
        }
        return Optional.empty();
    }

    private static boolean exists(String folder) {
        try {
            return Files.exists(Path.of(folder));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    @Override
    void refresh() {
        boolean on = clustered();
        enable(on, automatic, chosen, levels);
        enable(on && chosen.getSelection(), clusters);
        enable(retrieve.getSelectionIndex() > 0, seeds, browse);
        enable(balance.getSelection(), target);
        int images = (int) Math.min(Integer.MAX_VALUE, curate().images());
        if (images == 0) {
            clusterWords.setText(""); // $NON-NLS-1$
            balanceWords.setText(""); // $NON-NLS-1$
            return;
        }
        int count = automatic.getSelection()
                ? (int) Math.max(1, Math.round(Math.sqrt(images / 2.0)))
                : Math.min(images, clusters.getSelection());
        clusterWords.setText(NLS.bind(
                Messages.Curate_ClusterWords,
                new Object[] {Words.count(count), Words.count(images), Words.count(Math.max(1, images / count))}));
        balanceWords.setText(
                balance.getSelection()
                        ? NLS.bind(
                                Messages.Curate_BalanceWords,
                                Words.count(Math.max(1, target.getSelection() / count)),
                                Words.count(count))
                        : ""); //$NON-NLS-1$
        balanceWords.getParent().getParent().layout(true, true);
    }

    private void browse() {
        DirectoryDialog dialog = new DirectoryDialog(getShell());
        dialog.setMessage(Messages.Curate_Seeds);
        String folder = dialog.open();
        if (folder != null) {
            seeds.setText(folder);
        }
    }

    /**
     * Asks for a number of clusters and coarser levels, as a person would.
     *
     * @param count clusters of the finest level
     * @param coarser numbers with commas, may be empty
     */
    public void fillClusters(int count, String coarser) {
        automatic.setSelection(false);
        chosen.setSelection(true);
        clusters.setSelection(count);
        levels.setText(coarser);
        changed();
    }

    /** Asks for a balanced set, as a person would. @param images in all */
    public void fillBalance(int images) {
        keepAll.setSelection(false);
        balance.setSelection(true);
        target.setSelection(images);
        changed();
    }

    /** Asks for what is like a seed set, as a person would. @param folder of the seed images */
    public void fillSeeds(String folder) {
        retrieve.select(1);
        seeds.setText(folder);
        changed();
    }
}

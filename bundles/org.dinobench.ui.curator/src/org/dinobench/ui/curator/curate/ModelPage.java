package org.dinobench.ui.curator.curate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.workspace.DatasetDirectory;
import org.dinobench.core.workspace.RunDirectory;
import org.dinobench.curator.spec.CurationSpec;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.dinobench.ui.common.workspace.ItemKind;
import org.dinobench.ui.common.workspace.ModelSource;
import org.dinobench.ui.common.workspace.WorkspaceItem;
import org.dinobench.ui.curator.Messages;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Group;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;

/** Which images, and what looks at them. */
public final class ModelPage extends CuratePage {
    private static final String BUILT_IN = "builtin"; // $NON-NLS-1$

    private final List<ModelSource> sources = new ArrayList<>();
    private Combo dataset;
    private Label datasetNote;
    private Button builtIn;
    private Button own;
    private Button file;
    private Combo models;
    private Text path;
    private Button browse;
    private Button copiesBuiltIn;
    private String otherCopies = ""; // $NON-NLS-1$

    ModelPage() {
        super("model", Messages.Curate_ModelTitle, Messages.Curate_ModelText); // $NON-NLS-1$
    }

    @Override
    void create(Composite page, Rows rows) {
        Group what = Rows.group(page, Messages.Curate_Images, 2);
        Rows.label(what, Messages.Curate_Dataset);
        dataset = rows.combo(what, datasets(), 1);
        dataset.select(Math.max(0, dataset.indexOf(curate().preferredDataset())));
        Rows.label(what, ""); // $NON-NLS-1$
        datasetNote = Rows.words(what, "", 1); // $NON-NLS-1$
        Group how = Rows.group(page, Messages.Curate_Look, 3);
        builtIn = rows.button(how, SWT.RADIO, Messages.Curate_BuiltIn, 3);
        indented(how, Messages.Curate_BuiltInText);
        own = rows.button(how, SWT.RADIO, Messages.Curate_Own, 1);
        models = rows.combo(how, modelNames(), 2);
        indented(how, Messages.Curate_OwnText);
        file = rows.button(how, SWT.RADIO, Messages.Curate_File, 1);
        path = rows.text(how, 1);
        browse = new Button(how, SWT.PUSH);
        browse.setText(Messages.Import_Browse);
        browse.addListener(SWT.Selection, e -> browse());
        indented(how, Messages.Curate_FileText);
        copiesBuiltIn = rows.button(page, SWT.CHECK, Messages.Curate_CopiesBuiltIn, 1);
        copiesBuiltIn.setToolTipText(Messages.Curate_CopiesBuiltInTip);
    }

    private static void indented(Composite parent, String text) {
        Label label = Rows.words(parent, text, 3);
        GridDataFactory.createFrom((org.eclipse.swt.layout.GridData) label.getLayoutData())
                .indent(24, 0)
                .applyTo(label);
    }

    private static List<String> datasets() {
        return ActiveWorkspace.get().snapshot().of(ItemKind.DATASET).stream()
                .filter(WorkspaceItem::readable)
                .map(WorkspaceItem::name)
                .toList();
    }

    private List<String> modelNames() {
        List<WorkspaceItem> items =
                new ArrayList<>(ActiveWorkspace.get().snapshot().of(ItemKind.RUN));
        items.addAll(ActiveWorkspace.get().snapshot().of(ItemKind.EXPORT));
        items.forEach(item -> ModelSource.of(item).ifPresent(sources::add));
        return sources.stream().map(ModelSource::name).toList();
    }

    @Override
    void load(CurationSpec spec) {
        String model = spec.embed().model();
        int known = indexOf(model);
        builtIn.setSelection(model.equals(BUILT_IN));
        own.setSelection(!model.equals(BUILT_IN) && known >= 0);
        file.setSelection(!model.equals(BUILT_IN) && known < 0);
        models.select(Math.max(0, known));
        path.setText(file.getSelection() ? model : ""); // $NON-NLS-1$
        copiesBuiltIn.setSelection(spec.dedup().model().equals(BUILT_IN));
        otherCopies = copiesBuiltIn.getSelection() ? "" : spec.dedup().model(); // $NON-NLS-1$
    }

    private int indexOf(String model) {
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i).path().toString().equals(model)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    List<String> assignments() {
        return List.of(
                "embed.model=" + quoted(model()), // $NON-NLS-1$
                "dedup.model=" + quoted(copiesBuiltIn.getSelection() ? BUILT_IN : otherCopies)); // $NON-NLS-1$
    }

    /** {@return the model as the specification names it} */
    String model() {
        if (builtIn.getSelection()) {
            return BUILT_IN;
        }
        if (own.getSelection()) {
            int at = models.getSelectionIndex();
            return at < 0 ? "" : sources.get(at).path().toString(); // $NON-NLS-1$
        }
        return path.getText().strip();
    }

    /** {@return what the specification names for copies} */
    String modelForCopies() {
        return copiesBuiltIn.getSelection() ? BUILT_IN : otherCopies.isEmpty() ? model() : otherCopies;
    }

    /** {@return the chosen dataset; empty when there is none} */
    Optional<DatasetDirectory> dataset() {
        return dataset.getSelectionIndex() < 0
                ? Optional.empty()
                : Optional.of(ActiveWorkspace.get().workspace().dataset(dataset.getText()));
    }

    @Override
    Optional<String> problem() {
        if (dataset.getItemCount() == 0) {
            return Optional.of(Messages.Curate_NoDataset);
        }
        if (own.getSelection()) {
            return ownProblem();
        }
        if (file.getSelection()) {
            String text = path.getText().strip();
            if (text.isEmpty()) {
                return Optional.of(Messages.Curate_FileMissing);
            }
            if (!exists(text)) {
                return Optional.of(NLS.bind(Messages.Curate_FileNone, text));
            }
        }
        return Optional.empty();
    }

    private Optional<String> ownProblem() {
        int at = models.getSelectionIndex();
        if (at < 0) {
            return Optional.of(Messages.Curate_NoModel);
        }
        Path folder = sources.get(at).path();
        try {
            if (RunDirectory.isRun(folder)
                    && RunDirectory.open(folder).latestCheckpoint().isEmpty()) {
                return Optional.of(
                        NLS.bind(Messages.Curate_NoCheckpoint, sources.get(at).name()));
            }
        } catch (IOException | BadInputException e) {
            return Optional.of(e.getMessage());
        }
        return Optional.empty();
    }

    private static boolean exists(String text) {
        try {
            return Files.exists(Path.of(text));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    @Override
    void refresh() {
        enable(own.getSelection(), models);
        enable(file.getSelection(), path, browse);
        datasetNote.setText(ActiveWorkspace.get().snapshot().of(ItemKind.DATASET).stream()
                .filter(d -> d.name().equals(dataset.getText()))
                .map(WorkspaceItem::note)
                .findFirst()
                .orElse("")); // $NON-NLS-1$
        curate().datasetChanged();
    }

    private void browse() {
        FileDialog dialog = new FileDialog(getShell());
        dialog.setText(Messages.Curate_FileMissing);
        String chosen = dialog.open();
        if (chosen != null) {
            path.setText(chosen);
        }
    }

    /**
     * Chooses a file as the model, as a person would.
     *
     * @param text its path
     */
    public void fillFile(String text) {
        builtIn.setSelection(false);
        own.setSelection(false);
        file.setSelection(true);
        path.setText(text);
        changed();
    }

    /** Chooses the built-in embedder, as a person would. */
    public void fillBuiltIn() {
        builtIn.setSelection(true);
        own.setSelection(false);
        file.setSelection(false);
        changed();
    }

    /** Chooses a model of the workspace, as a person would. @param name its name */
    public void fillOwn(String name) {
        builtIn.setSelection(false);
        file.setSelection(false);
        own.setSelection(true);
        models.select(models.indexOf(name));
        changed();
    }
}

package org.dinobench.ui.curator.wizard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.dinobench.core.catalog.FolderScan;
import org.dinobench.core.catalog.LabelSource;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.ui.common.parts.Words;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.dinobench.ui.curator.Messages;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.DirectoryDialog;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.PlatformUI;

/** Folder, name and labels; what is typed is checked at once, and the folder is looked into in the background. */
public final class ImportPage extends WizardPage {
    private static final int LOOK_DELAY_MILLIS = 250;
    private static final int LABELS_SHOWN = 6;

    private Text folder;
    private Text name;
    private Button fromFolders;
    private Button none;
    private Label found;
    private boolean nameTyped;
    private Job look;
    private boolean empty;

    ImportPage() {
        super("import", Messages.Import_PageTitle, null); // $NON-NLS-1$
        setDescription(Messages.Import_PageText);
    }

    @Override
    public void createControl(Composite parent) {
        Composite page = new Composite(parent, SWT.NONE);
        GridLayoutFactory.swtDefaults()
                .margins(16, 16)
                .numColumns(3)
                .spacing(10, 10)
                .applyTo(page);
        label(page, Messages.Import_Folder);
        folder = new Text(page, SWT.BORDER);
        folder.addListener(SWT.Modify, e -> folderChanged());
        GridDataFactory.fillDefaults()
                .grab(true, false)
                .hint(420, SWT.DEFAULT)
                .align(SWT.FILL, SWT.CENTER)
                .applyTo(folder);
        Button browse = new Button(page, SWT.PUSH);
        browse.setText(Messages.Import_Browse);
        browse.addListener(SWT.Selection, e -> browse());
        label(page, ""); // $NON-NLS-1$
        found = new Label(page, SWT.WRAP);
        GridDataFactory.fillDefaults()
                .span(2, 1)
                .grab(true, false)
                .hint(420, 36)
                .applyTo(found);
        label(page, Messages.Import_Name);
        name = new Text(page, SWT.BORDER);
        name.setToolTipText(Messages.Import_NameHelp);
        name.addListener(SWT.Modify, e -> validate());
        name.addListener(SWT.KeyDown, e -> nameTyped = true);
        GridDataFactory.fillDefaults()
                .span(2, 1)
                .grab(true, false)
                .align(SWT.FILL, SWT.CENTER)
                .applyTo(name);
        label(page, Messages.Import_Labels);
        Composite labels = new Composite(page, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 6).applyTo(labels);
        GridDataFactory.fillDefaults().span(2, 1).applyTo(labels);
        fromFolders = radio(labels, Messages.Import_LabelsFolders, true);
        none = radio(labels, Messages.Import_LabelsNone, false);
        setControl(page);
        PlatformUI.getWorkbench().getHelpSystem().setHelp(page, "org.dinobench.ui.curator.import"); // $NON-NLS-1$
        setPageComplete(false);
    }

    private static void label(Composite parent, String text) {
        new Label(parent, SWT.NONE).setText(text);
    }

    private Button radio(Composite parent, String text, boolean on) {
        Button button = new Button(parent, SWT.RADIO);
        button.setText(text);
        button.setSelection(on);
        button.addListener(SWT.Selection, e -> folderChanged());
        return button;
    }

    /** {@return the folder} */
    Path folder() {
        return Path.of(folder.getText().strip()).toAbsolutePath().normalize();
    }

    /** {@return the dataset's name} */
    String name() {
        return name.getText().strip();
    }

    boolean labelsFromFolders() {
        return !none.getSelection();
    }

    /**
     * Fills the page as a person would.
     *
     * @param path the folder
     * @param dataset the name, null to take the suggested one
     */
    public void fill(String path, String dataset) {
        folder.setText(path);
        if (dataset != null) {
            nameTyped = true;
            name.setText(dataset);
        }
    }

    private void browse() {
        DirectoryDialog dialog = new DirectoryDialog(getShell());
        dialog.setMessage(Messages.Import_FolderMissing);
        dialog.setFilterPath(folder.getText());
        String chosen = dialog.open();
        if (chosen != null) {
            folder.setText(chosen);
        }
    }

    private void folderChanged() {
        empty = false;
        found.setText(""); // $NON-NLS-1$
        if (look != null) {
            look.cancel();
        }
        if (isFolder()) {
            if (!nameTyped && folder().getFileName() != null) {
                name.setText(suggestion(folder().getFileName().toString()));
            }
            found.setText(Messages.Import_Looking);
            lookInto(folder(), labelsFromFolders());
        }
        validate();
    }

    private static String suggestion(String folderName) {
        String plain = folderName
                .replaceAll("[^A-Za-z0-9._-]+", "-")
                .replaceAll("^[^A-Za-z0-9]+", ""); // $NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
        return plain.isEmpty() ? "images" : plain; // $NON-NLS-1$
    }

    private void lookInto(Path path, boolean labels) {
        Display display = getControl().getDisplay();
        look = Job.createSystem(Messages.Import_Looking, monitor -> {
            String text;
            boolean nothing = false;
            try {
                FolderScan.Result result = FolderScan.scan(
                        path, labels ? new LabelSource.Folders() : new LabelSource.None(), JobMonitor.NONE);
                text = words(result);
            } catch (IOException | BadInputException e) {
                text = Messages.Import_FoundNone;
                nothing = true;
            }
            String line = text;
            boolean isEmpty = nothing;
            if (!monitor.isCanceled()) {
                display.asyncExec(() -> {
                    if (!found.isDisposed() && isFolder() && path.equals(folder())) {
                        found.setText(line);
                        empty = isEmpty;
                        validate();
                    }
                });
            }
            return Status.OK_STATUS;
        });
        look.schedule(LOOK_DELAY_MILLIS);
    }

    private static String words(FolderScan.Result result) {
        TreeSet<String> labels = new TreeSet<>();
        result.files().forEach(f -> labels.add(f.label()));
        labels.remove(""); // $NON-NLS-1$
        List<String> some = labels.stream().limit(LABELS_SHOWN).toList();
        String names = labels.isEmpty()
                ? "" //$NON-NLS-1$
                : ": " + String.join(", ", some)
                        + (labels.size() > some.size()
                                ? ", \u2026"
                                : ""); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$ //$NON-NLS-4$
        return NLS.bind(
                Messages.Import_Found,
                new Object[] {Words.count(result.files().size()), Integer.toString(labels.size()), names});
    }

    private boolean isFolder() {
        try {
            return !folder.getText().isBlank() && Files.isDirectory(folder());
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private void validate() {
        String error = null;
        setMessage(null);
        if (folder.getText().isBlank()) {
            setMessage(Messages.Import_FolderMissing, IMessageProvider.INFORMATION);
        } else if (!isFolder()) {
            error = NLS.bind(Messages.Import_FolderNone, folder.getText());
        } else if (empty) {
            error = Messages.Import_FoundNone;
        } else if (name().isEmpty()) {
            error = Messages.Import_NameMissing;
        } else {
            error = nameProblem();
        }
        setErrorMessage(error);
        setPageComplete(error == null && isFolder() && !name().isEmpty());
    }

    private String nameProblem() {
        try {
            if (ActiveWorkspace.get().workspace().dataset(name()).exists()) {
                setMessage(NLS.bind(Messages.Import_NameTaken, name()), IMessageProvider.INFORMATION);
            }
            return null;
        } catch (BadInputException e) {
            return e.getMessage();
        }
    }
}

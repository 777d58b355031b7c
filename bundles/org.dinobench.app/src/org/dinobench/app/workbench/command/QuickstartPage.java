package org.dinobench.app.workbench.command;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.dinobench.app.workbench.Messages;
import org.dinobench.ui.common.parts.ActionCard;
import org.dinobench.ui.common.theme.Icons;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.DirectoryDialog;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.PlatformUI;

/** Which images, and how many minutes. */
final class QuickstartPage extends WizardPage {
    private ActionCard sample;
    private ActionCard own;
    private Text folder;
    private Button browse;
    private Spinner minutes;

    QuickstartPage() {
        super("quickstart", Messages.Quickstart_PageTitle, null); // $NON-NLS-1$
        setDescription(Messages.Quickstart_PageText);
    }

    @Override
    public void createControl(Composite parent) {
        Composite page = new Composite(parent, SWT.NONE);
        GridLayoutFactory.swtDefaults()
                .margins(16, 16)
                .numColumns(3)
                .spacing(10, 12)
                .applyTo(page);
        Composite cards = new Composite(page, SWT.NONE);
        GridLayoutFactory.fillDefaults()
                .numColumns(2)
                .equalWidth(true)
                .spacing(12, 0)
                .applyTo(cards);
        GridDataFactory.fillDefaults().grab(true, false).span(3, 1).applyTo(cards);
        sample = new ActionCard(
                cards, Icons.QUICKSTART, Messages.Quickstart_SampleTitle, Messages.Quickstart_SampleText);
        own = new ActionCard(cards, Icons.FOLDER, Messages.Quickstart_OwnTitle, Messages.Quickstart_OwnText);
        for (ActionCard card : new ActionCard[] {sample, own}) {
            GridDataFactory.fillDefaults()
                    .grab(true, true)
                    .hint(300, SWT.DEFAULT)
                    .applyTo(card);
            card.onSelect(() -> choose(card == own));
        }
        new Label(page, SWT.NONE).setText(Messages.Quickstart_Folder);
        folder = new Text(page, SWT.BORDER);
        folder.addListener(SWT.Modify, e -> validate());
        GridDataFactory.fillDefaults()
                .grab(true, false)
                .align(SWT.FILL, SWT.CENTER)
                .applyTo(folder);
        browse = new Button(page, SWT.PUSH);
        browse.setText(Messages.Quickstart_Browse);
        browse.addListener(SWT.Selection, e -> browse());
        new Label(page, SWT.NONE).setText(Messages.Quickstart_Minutes);
        minutes = new Spinner(page, SWT.BORDER);
        minutes.setValues(3, 1, 24 * 60, 0, 1, 10);
        Label help = new Label(page, SWT.WRAP);
        help.setText(Messages.Quickstart_MinutesHelp);
        GridDataFactory.fillDefaults().span(2, 1).align(SWT.FILL, SWT.CENTER).applyTo(minutes);
        GridDataFactory.swtDefaults().span(2, 1).applyTo(minutes);
        new Label(page, SWT.NONE);
        GridDataFactory.fillDefaults().span(2, 1).grab(true, false).applyTo(help);
        help.moveBelow(null);
        choose(false);
        setControl(page);
        PlatformUI.getWorkbench().getHelpSystem().setHelp(page, "org.dinobench.app.quickstart"); // $NON-NLS-1$
    }

    /** {@return the folder of images, empty for the sample} */
    Optional<Path> folder() {
        return own.chosen() ? Optional.of(Path.of(folder.getText().strip()).toAbsolutePath()) : Optional.empty();
    }

    /** {@return minutes of training} */
    int minutes() {
        return minutes.getSelection();
    }

    private void choose(boolean mine) {
        own.setChosen(mine);
        sample.setChosen(!mine);
        folder.setEnabled(mine);
        browse.setEnabled(mine);
        validate();
        if (mine) {
            folder.setFocus();
        }
    }

    private void browse() {
        DirectoryDialog dialog = new DirectoryDialog(getShell());
        dialog.setFilterPath(folder.getText());
        String chosen = dialog.open();
        if (chosen != null) {
            folder.setText(chosen);
        }
    }

    private void validate() {
        boolean good = !own.chosen() || isFolder(folder.getText().strip());
        boolean typed = !folder.getText().isBlank();
        setErrorMessage(good || !typed ? null : Messages.Quickstart_NoFolder);
        setPageComplete(good);
    }

    private static boolean isFolder(String text) {
        try {
            return !text.isEmpty() && Files.isDirectory(Path.of(text));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}

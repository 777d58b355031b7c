package org.dinobench.ui.trainer.notes;

import org.dinobench.ui.trainer.Messages;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.PlatformUI;

/** Asks for the note and the tags of a run. */
public final class NotesDialog extends TitleAreaDialog {
    private final String run;
    private RunNotes notes;
    private Text note;
    private Text tags;

    /**
     * A dialog that is not yet open.
     *
     * @param shell the window
     * @param run the run's name
     * @param notes what was written until now
     */
    public NotesDialog(Shell shell, String run, RunNotes notes) {
        super(shell);
        this.run = run;
        this.notes = notes;
    }

    @Override
    protected boolean isResizable() {
        return true;
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        getShell().setText(Messages.Notes_Title);
        setTitle(NLS.bind(Messages.Notes_Head, run));
        setMessage(Messages.Notes_Text);
        Composite area = new Composite((Composite) super.createDialogArea(parent), SWT.NONE);
        GridLayoutFactory.swtDefaults()
                .margins(16, 12)
                .numColumns(2)
                .spacing(10, 10)
                .applyTo(area);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(area);
        label(area, Messages.Notes_Tags);
        tags = new Text(area, SWT.BORDER);
        tags.setText(notes.tagLine());
        tags.setMessage(Messages.Notes_TagsHint);
        GridDataFactory.fillDefaults().grab(true, false).hint(380, SWT.DEFAULT).applyTo(tags);
        label(area, Messages.Notes_Note);
        note = new Text(area, SWT.BORDER | SWT.MULTI | SWT.WRAP | SWT.V_SCROLL);
        note.setText(notes.note());
        GridDataFactory.fillDefaults().grab(true, true).hint(380, 140).applyTo(note);
        PlatformUI.getWorkbench().getHelpSystem().setHelp(area, "org.dinobench.ui.trainer.notes"); // $NON-NLS-1$
        return area;
    }

    private static void label(Composite parent, String text) {
        Label label = new Label(parent, SWT.NONE);
        label.setText(text);
        GridDataFactory.swtDefaults()
                .align(SWT.BEGINNING, SWT.BEGINNING)
                .indent(0, 6)
                .applyTo(label);
    }

    @Override
    protected void okPressed() {
        notes = RunNotes.typed(note.getText(), tags.getText());
        super.okPressed();
    }

    /** {@return what was written, valid after OK} */
    public RunNotes notes() {
        return notes;
    }
}

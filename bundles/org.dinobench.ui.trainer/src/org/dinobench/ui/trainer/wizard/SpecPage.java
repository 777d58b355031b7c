package org.dinobench.ui.trainer.wizard;

import java.util.List;
import java.util.Optional;
import org.dinobench.ui.common.parts.KeyWords;
import org.dinobench.ui.trainer.form.SpecDraft;
import org.dinobench.ui.trainer.form.SpecForm;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.PlatformUI;

/** A page of fields of the spec, each checked while it is typed. */
abstract class SpecPage extends WizardPage {
    private static final int HEIGHT = 430;

    private final SpecDraft draft;
    private final List<String> paths;
    private SpecForm form;

    SpecPage(String name, String title, String text, SpecDraft draft, List<String> paths) {
        super(name, title, null);
        setDescription(text);
        this.draft = draft;
        this.paths = List.copyOf(paths);
    }

    @Override
    public void createControl(Composite parent) {
        Composite page = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().margins(6, 6).spacing(0, 8).applyTo(page);
        above(page);
        form = new SpecForm(page, draft, paths);
        GridDataFactory.fillDefaults()
                .grab(true, true)
                .hint(SWT.DEFAULT, formHeight())
                .applyTo(form.control());
        below(page);
        setControl(page);
        PlatformUI.getWorkbench().getHelpSystem().setHelp(page, "org.dinobench.ui.trainer." + getName()); // $NON-NLS-1$
        draft.onChange(this::refresh);
        refresh();
    }

    /** What stands over the fields. */
    protected void above(Composite page) {
        // most pages have fields only
    }

    /** What stands under the fields. */
    protected void below(Composite page) {
        // most pages have fields only
    }

    /** Height that the fields get at least. */
    protected int formHeight() {
        return HEIGHT;
    }

    /** Something beyond single fields that keeps the page from being complete. */
    protected Optional<String> further() {
        return Optional.empty();
    }

    /** Shows the draft as it is now. */
    protected void refresh() {
        if (form == null || form.control().isDisposed()) {
            return;
        }
        form.fill();
        validate();
    }

    /** Says the first thing that is wrong, and how to repair it. */
    protected final void validate() {
        Optional<String> wrong = draft.troubled().stream()
                .filter(this::concerns)
                .findFirst()
                .flatMap(
                        path -> draft.problem(path).map(p -> KeyWords.title(draft.key(path)) + ": " + p)) // $NON-NLS-1$
                .or(this::further);
        setErrorMessage(wrong.orElse(null));
        setPageComplete(wrong.isEmpty());
    }

    /** Whether the key stands on this page. */
    protected boolean concerns(String path) {
        return paths.contains(path);
    }

    /** {@return the draft} */
    protected SpecDraft draft() {
        return draft;
    }

    /** {@return the fields, for tests} */
    public SpecForm form() {
        return form;
    }
}

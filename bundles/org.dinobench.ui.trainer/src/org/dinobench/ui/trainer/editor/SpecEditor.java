package org.dinobench.ui.trainer.editor;

import org.dinobench.ui.trainer.Messages;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.jface.text.DocumentEvent;
import org.eclipse.jface.text.IDocumentListener;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.IEditorInput;
import org.eclipse.ui.IEditorSite;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.part.MultiPageEditorPart;
import org.eclipse.ui.texteditor.ITextEditor;

/** The spec of a run, or any other, as a form and as its YAML source: two pages of one document. */
public final class SpecEditor extends MultiPageEditorPart {
    /** The editor's id. */
    public static final String ID = "org.dinobench.ui.trainer.specEditor"; // $NON-NLS-1$

    private static final int QUIET_MILLIS = 120;
    private static final int SOURCE = 1;

    private final SpecSourcePage source = new SpecSourcePage();
    private final IDocumentListener listener = new Changes();
    private SpecFormPage form;
    private DocumentValues values;
    private Runnable pending;

    private final class Changes implements IDocumentListener {
        @Override
        public void documentAboutToBeChanged(DocumentEvent event) {
            // only the text after the change counts
        }

        @Override
        public void documentChanged(DocumentEvent event) {
            later();
        }
    }

    @Override
    public void init(IEditorSite site, IEditorInput input) throws PartInitException {
        if (!(input instanceof SpecFileInput)) {
            throw new PartInitException(Messages.Editor_NoFile);
        }
        super.init(site, input);
        setPartName(input.getName());
        setTitleToolTip(input.getToolTipText());
    }

    @Override
    protected void createPages() {
        try {
            // the source is made first, as the form lives on its document, and shown second
            addPage(0, source, getEditorInput());
            values = new DocumentValues(source.document(), this::later);
            form = new SpecFormPage(getContainer(), values, this::showLine);
            addPage(0, form.control());
            setPageText(0, Messages.Editor_Form);
            setPageText(SOURCE, Messages.Editor_Source);
            source.document().addDocumentListener(listener);
            reread();
            setActivePage(0);
        } catch (PartInitException e) {
            ILog.of(SpecEditor.class).error("The spec could not be opened", e); // $NON-NLS-1$
        }
    }

    /** Many changes come in a row while somebody types: the last one of a moment is read. */
    private void later() {
        Display display = getContainer().getDisplay();
        Runnable mine = new Runnable() {
            @Override
            public void run() {
                if (pending == this && !getContainer().isDisposed()) {
                    reread();
                }
            }
        };
        pending = mine;
        display.timerExec(QUIET_MILLIS, mine);
    }

    private void reread() {
        form.refresh();
        source.mark(values.read().faults());
    }

    private void showLine(int line) {
        setActivePage(SOURCE);
        source.goTo(line);
        source.setFocus();
    }

    @Override
    public void setFocus() {
        if (getActivePage() == 0 && form != null) {
            form.setFocus();
        } else {
            super.setFocus();
        }
    }

    @Override
    protected void pageChange(int page) {
        super.pageChange(page);
        if (page == 0 && form != null) {
            form.refresh();
        }
    }

    @Override
    public void doSave(IProgressMonitor monitor) {
        source.doSave(monitor);
    }

    @Override
    public void doSaveAs() {
        // not offered: a spec's other name is another run's, which the wizard makes
    }

    @Override
    public boolean isSaveAsAllowed() {
        return false;
    }

    @Override
    public <T> T getAdapter(Class<T> adapter) {
        // undo, find and go to line work on the source, whichever page is shown
        if (adapter == ITextEditor.class) {
            return adapter.cast(source);
        }
        return super.getAdapter(adapter);
    }

    @Override
    public void dispose() {
        if (source.getDocumentProvider() != null && source.document() != null) {
            source.document().removeDocumentListener(listener);
        }
        IWorkbenchPage page = getSite().getPage();
        super.dispose();
        Display.getDefault().asyncExec(() -> SpecEditors.hideEmptyArea(page));
    }

    /** {@return the source page} */
    public SpecSourcePage source() {
        return source;
    }

    /** {@return the form page} */
    public SpecFormPage form() {
        return form;
    }

    /**
     * Shows one of the pages.
     *
     * @param sourcePage true for the source
     */
    public void show(boolean sourcePage) {
        setActivePage(sourcePage ? SOURCE : 0);
    }
}

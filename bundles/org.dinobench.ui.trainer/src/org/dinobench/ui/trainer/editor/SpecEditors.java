package org.dinobench.ui.trainer.editor;

import java.nio.file.Path;
import org.dinobench.ui.trainer.Messages;
import org.eclipse.core.runtime.Status;
import org.eclipse.osgi.util.NLS;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.statushandlers.StatusManager;

/** Opens spec editors; the place for editors is there only as long as one is open. */
public final class SpecEditors {
    private SpecEditors() {}

    /**
     * Opens a spec, or shows the editor that has it open.
     *
     * @param file the spec's file
     */
    public static void open(Path file) {
        IWorkbenchWindow window = PlatformUI.getWorkbench().getActiveWorkbenchWindow();
        if (window == null || window.getActivePage() == null) {
            return;
        }
        IWorkbenchPage page = window.getActivePage();
        try {
            page.setEditorAreaVisible(true);
            page.openEditor(new SpecFileInput(file), SpecEditor.ID);
        } catch (PartInitException e) {
            hideEmptyArea(page);
            StatusManager.getManager()
                    .handle(
                            Status.error(NLS.bind(Messages.Editor_NotOpened, file, e.getMessage()), e),
                            StatusManager.SHOW | StatusManager.LOG);
        }
    }

    /** Gives the place of editors to the views when no editor is open. */
    static void hideEmptyArea(IWorkbenchPage page) {
        boolean closing = PlatformUI.getWorkbench().isClosing();
        if (!closing && page.getWorkbenchWindow().getActivePage() == page && page.getEditorReferences().length == 0) {
            page.setEditorAreaVisible(false);
        }
    }
}

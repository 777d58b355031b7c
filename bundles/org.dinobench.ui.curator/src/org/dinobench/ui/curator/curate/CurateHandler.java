package org.dinobench.ui.curator.curate;

import java.nio.file.Path;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.curator.spec.CurationSpec;
import org.dinobench.ui.common.workspace.ItemKind;
import org.dinobench.ui.common.workspace.WorkspaceItem;
import org.dinobench.ui.curator.Messages;
import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.runtime.Status;
import org.eclipse.jface.viewers.ISelection;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.osgi.util.NLS;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.handlers.HandlerUtil;
import org.eclipse.ui.statushandlers.StatusManager;

/** Opens the curate wizard: from the defaults, or from the curation that is selected. */
public final class CurateHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) {
        ISelection selection = HandlerUtil.getCurrentSelection(event);
        Object first = selection instanceof IStructuredSelection structured ? structured.getFirstElement() : null;
        try {
            CurateWizard wizard = first instanceof WorkspaceItem item && item.kind() == ItemKind.CURATION
                    ? again(item.folder())
                    : new CurateWizard();
            wizard.init(
                    PlatformUI.getWorkbench(),
                    selection instanceof IStructuredSelection structured ? structured : null);
            new WizardDialog(HandlerUtil.getActiveShell(event), wizard).open();
        } catch (BadInputException e) {
            StatusManager.getManager()
                    .handle(
                            Status.error(NLS.bind(Messages.Curate_NotAgain, e.getMessage()), e),
                            StatusManager.SHOW | StatusManager.LOG);
        }
        return null;
    }

    /**
     * A wizard with all that an earlier curation was made with.
     *
     * @param folder of the earlier one
     * @return the wizard
     * @throws BadInputException when its specification cannot be read
     */
    static CurateWizard again(Path folder) {
        CurationSpec spec = CurationSpec.read(folder.resolve("spec.yaml")); // $NON-NLS-1$
        return new CurateWizard(
                spec,
                folder.getParent().getParent().getFileName().toString(),
                folder.getFileName().toString());
    }
}

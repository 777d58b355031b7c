package org.dinobench.ui.trainer.wizard;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.jface.viewers.ISelection;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.handlers.HandlerUtil;

/** Opens the wizard for a new training run. */
public final class NewRunHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) {
        NewRunWizard wizard = new NewRunWizard();
        ISelection selection = HandlerUtil.getCurrentSelection(event);
        wizard.init(PlatformUI.getWorkbench(), selection instanceof IStructuredSelection s ? s : null);
        new WizardDialog(HandlerUtil.getActiveShell(event), wizard).open();
        return null;
    }
}

package org.dinobench.ui.evaluation.wizard;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExecutableExtension;
import org.eclipse.jface.viewers.ISelection;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.ui.IWorkbenchWizard;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.handlers.HandlerUtil;

/** Opens the wizard that the extension names, on the model that is selected. */
public final class WizardHandler extends AbstractHandler implements IExecutableExtension {
    private String which = "evaluate"; // $NON-NLS-1$

    @Override
    public void setInitializationData(IConfigurationElement element, String property, Object data) {
        which = String.valueOf(data);
    }

    @Override
    public Object execute(ExecutionEvent event) {
        IWorkbenchWizard wizard = "export".equals(which) ? new ExportWizard() : new EvaluateWizard(); // $NON-NLS-1$
        ISelection selection = HandlerUtil.getCurrentSelection(event);
        wizard.init(PlatformUI.getWorkbench(), selection instanceof IStructuredSelection s ? s : null);
        new WizardDialog(HandlerUtil.getActiveShell(event), wizard).open();
        return null;
    }
}

package org.dinobench.ui.help;

import java.util.Optional;
import org.dinobench.ui.help.page.HelpLibrary;
import org.dinobench.ui.help.page.HelpPage;
import org.eclipse.core.runtime.ILog;
import org.eclipse.help.IContext;
import org.eclipse.jface.dialogs.TrayDialog;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.help.AbstractHelpUI;

/**
 * Help without a browser and without a web server: in a view of the workbench, and in dialogs as a tray at their side.
 */
public final class DocumentHelpUi extends AbstractHelpUI {
    @Override
    public void displayHelp() {
        view().ifPresent(HelpView::showContents);
    }

    @Override
    public void displayDynamicHelp() {
        Optional<IContext> context = ContextOf.focus();
        if (context.isPresent()) {
            display(context.get());
        } else {
            view().ifPresent(HelpView::showNoContext);
        }
    }

    @Override
    public void displayContext(IContext context, int x, int y) {
        if (context != null && context.getText() != null) {
            display(context);
        } else {
            displayDynamicHelp();
        }
    }

    @Override
    public void displayHelpResource(String href) {
        view().ifPresent(view -> view.open(href));
    }

    @Override
    public void displaySearch() {
        view().ifPresent(HelpView::search);
    }

    @Override
    public void search(String expression) {
        view().ifPresent(view -> view.search(expression));
    }

    @Override
    public boolean isContextHelpDisplayed() {
        return false;
    }

    private static void display(IContext context) {
        HelpPage page = HelpLibrary.about(context, Messages.Help_Related);
        Shell shell = Display.getCurrent() == null ? null : Display.getCurrent().getActiveShell();
        if (shell != null && shell.getData() instanceof TrayDialog dialog) {
            if (dialog.getTray() != null) {
                dialog.closeTray();
            }
            dialog.openTray(new HelpTray(page));
        } else {
            view().ifPresent(view -> view.show(page));
        }
    }

    private static Optional<HelpView> view() {
        IWorkbenchWindow window = PlatformUI.getWorkbench().getActiveWorkbenchWindow();
        IWorkbenchPage page = window == null ? null : window.getActivePage();
        if (page == null) {
            return Optional.empty();
        }
        try {
            return Optional.of((HelpView) page.showView(HelpView.ID));
        } catch (PartInitException e) {
            ILog.of(DocumentHelpUi.class).error("The help view cannot be opened", e); // $NON-NLS-1$
            return Optional.empty();
        }
    }
}

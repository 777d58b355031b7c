package org.dinobench.ui.help;

import java.util.Optional;
import org.eclipse.help.HelpSystem;
import org.eclipse.help.IContext;
import org.eclipse.jface.preference.PreferenceDialog;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IWorkbenchPart;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PlatformUI;

/** Finds the help on the place where somebody is: the control that has the focus, the page of a dialog, or the view. */
public final class ContextOf {
    /** Under this key {@code IWorkbenchHelpSystem.setHelp} keeps an id with a control. */
    private static final String KEY = "org.eclipse.ui.help"; // $NON-NLS-1$

    private ContextOf() {}

    /** {@return the help on the place that has the focus} */
    public static Optional<IContext> focus() {
        Display display = PlatformUI.getWorkbench().getDisplay();
        Optional<String> id = id(display.getFocusControl());
        if (id.isEmpty()) {
            id = inDialog(display.getActiveShell());
        }
        if (id.isEmpty()) {
            id = activePart();
        }
        return id.flatMap(ContextOf::context);
    }

    /**
     * The id that a control or one of its parents carries.
     *
     * @param control a control, or null
     * @return the id
     */
    public static Optional<String> id(Control control) {
        for (Control at = control; at != null; at = at.getParent()) {
            if (at.getData(KEY) instanceof String id) {
                return Optional.of(id);
            }
        }
        return Optional.empty();
    }

    /**
     * The help with an id.
     *
     * @param id such as {@code org.dinobench.ui.trainer.runs}
     * @return the help, empty when there is none with text
     */
    public static Optional<IContext> context(String id) {
        IContext context = HelpSystem.getContext(id);
        return context == null || context.getText() == null || context.getText().isBlank()
                ? Optional.empty()
                : Optional.of(context);
    }

    /** With the focus on a button of the dialog, what counts is the page beside the button. */
    private static Optional<String> inDialog(Shell shell) {
        if (shell == null) {
            return Optional.empty();
        }
        if (shell.getData() instanceof WizardDialog dialog && dialog.getCurrentPage() != null) {
            return id(dialog.getCurrentPage().getControl());
        }
        if (shell.getData() instanceof PreferenceDialog dialog
                && dialog.getSelectedPage() instanceof org.eclipse.jface.dialogs.IDialogPage page) {
            return id(page.getControl());
        }
        return Optional.empty();
    }

    private static Optional<String> activePart() {
        IWorkbenchWindow window = PlatformUI.getWorkbench().getActiveWorkbenchWindow();
        if (window == null || window.getActivePage() == null) {
            return Optional.empty();
        }
        IWorkbenchPart part = window.getActivePage().getActivePart();
        return part == null ? Optional.empty() : Optional.of(part.getSite().getId());
    }
}

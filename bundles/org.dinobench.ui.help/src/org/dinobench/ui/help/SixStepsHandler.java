package org.dinobench.ui.help;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.ui.cheatsheets.OpenCheatSheetAction;

/** Opens the cheat sheet that leads from a folder of images to a model. */
public final class SixStepsHandler extends AbstractHandler {
    /** The cheat sheet's id. */
    public static final String SHEET = "org.dinobench.ui.help.sixSteps"; // $NON-NLS-1$

    @Override
    public Object execute(ExecutionEvent event) {
        new OpenCheatSheetAction(SHEET).run();
        return null;
    }
}

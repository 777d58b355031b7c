package org.dinobench.ui.help;

import java.io.IOException;
import org.dinobench.ui.help.page.HelpLibrary;
import org.dinobench.ui.help.page.PageView;
import org.eclipse.core.commands.common.CommandException;
import org.eclipse.core.runtime.ILog;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.commands.ICommandService;
import org.eclipse.ui.handlers.IHandlerService;
import org.eclipse.ui.part.ViewPart;

/** The cheat sheet that leads from a folder of images to a model; each step opens the window that does it. */
public final class SheetView extends ViewPart {
    /** The view's id. */
    public static final String ID = "org.dinobench.ui.help.sheet"; // $NON-NLS-1$

    private static final String STEP = "step:"; // $NON-NLS-1$

    private PageView page;
    private SixSteps steps;

    @Override
    public void createPartControl(Composite parent) {
        page = new PageView(parent, new HelpLibrary(), this::follow);
        try {
            steps = SixSteps.read();
            page.show(steps.page(), ""); // $NON-NLS-1$
        } catch (IOException e) {
            ILog.of(SheetView.class).error("The cheat sheet cannot be read", e); // $NON-NLS-1$
        }
        PlatformUI.getWorkbench().getHelpSystem().setHelp(parent, ID);
    }

    private void follow(String link) {
        if (!link.startsWith(STEP)) {
            return;
        }
        String command = steps.commands().get(Integer.parseInt(link.substring(STEP.length())));
        try {
            ICommandService commands = getSite().getService(ICommandService.class);
            getSite().getService(IHandlerService.class).executeCommand(commands.deserialize(command), null);
        } catch (CommandException e) {
            ILog.of(SheetView.class).error("The step could not be begun: " + command, e); // $NON-NLS-1$
        }
    }

    @Override
    public void setFocus() {
        page.setFocus();
    }
}

package org.dinobench.ui.testing;

import java.io.IOException;
import java.nio.file.Path;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.eclipse.e4.ui.model.application.ui.basic.MPart;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IViewPart;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchPart;
import org.eclipse.ui.IWorkbenchPartReference;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;

/** Opens views of a real workbench on a workspace, large and alone, and closes them again. */
public final class Views implements AutoCloseable {
    private final UiRobot robot;
    private final IWorkbenchPage page;

    private Views(IWorkbenchPage page) {
        this.page = page;
        this.robot = new UiRobot(Display.getCurrent());
    }

    /** Opens a workspace in the test's workbench. */
    public static Views on(Path workspace) {
        IWorkbenchWindow window = PlatformUI.getWorkbench().getWorkbenchWindows()[0];
        Shell shell = window.getShell();
        shell.setSize(1400, 900);
        shell.forceActive();
        IWorkbenchPage page = window.getActivePage();
        for (var reference : page.getViewReferences()) {
            page.hideView(reference);
        }
        ActiveWorkspace.open(workspace);
        return new Views(page);
    }

    /** The robot. */
    public UiRobot robot() {
        return robot;
    }

    /** The page. */
    public IWorkbenchPage page() {
        return page;
    }

    /** Shows a view, over the whole window. */
    public <T extends IViewPart> T open(String id, Class<T> type) throws PartInitException {
        IViewPart view = page.showView(id);
        IWorkbenchPartReference reference = page.getReference(view);
        if (page.getPartState(reference) != IWorkbenchPage.STATE_MAXIMIZED) {
            page.toggleZoom(reference);
        }
        robot.settle(200);
        return type.cast(view);
    }

    /** Takes a picture of a view or an editor. */
    public ImageData picture(IWorkbenchPart shown, String name) throws IOException {
        robot.settle(300);
        MPart part = shown.getSite().getService(MPart.class);
        return Screenshots.take((Composite) part.getWidget(), name);
    }

    @Override
    public void close() {
        for (var reference : page.getViewReferences()) {
            page.hideView(reference);
        }
        robot.handleAll();
        ActiveWorkspace.close();
    }
}

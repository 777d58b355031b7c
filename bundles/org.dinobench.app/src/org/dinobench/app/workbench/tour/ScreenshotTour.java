package org.dinobench.app.workbench.tour;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.dinobench.ui.common.navigator.NavigatorView;
import org.dinobench.ui.common.theme.Themes;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.dinobench.ui.common.workspace.ItemKind;
import org.dinobench.ui.common.workspace.WorkspaceItem;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.window.Window;
import org.eclipse.jface.wizard.IWizardPage;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.IWorkbenchWizard;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.WorkbenchException;
import org.eclipse.ui.intro.IIntroManager;
import org.eclipse.ui.intro.IIntroPart;

/**
 * Goes through the workbench and photographs what the documentation shows: the welcome page, each perspective with its
 * views, both themes, and the pages of wizards. Works on the workspace that is open and changes nothing in it.
 */
public final class ScreenshotTour {
    private static final String PROPERTY = "dinobench.screenshots"; // $NON-NLS-1$
    private static final int PATIENCE_MILLIS = 120_000;
    private static final int SETTLE_MILLIS = 2000;

    private final IWorkbenchWindow window;
    private final Camera camera;

    private ScreenshotTour(IWorkbenchWindow window, Path folder) throws IOException {
        this.window = window;
        this.camera = new Camera(window.getShell().getDisplay(), folder);
    }

    /** {@return where pictures are to be written, empty when nobody asked for pictures} */
    public static Optional<Path> wanted() {
        return Optional.ofNullable(System.getProperty(PROPERTY)).map(Path::of);
    }

    /** Takes all pictures and closes the workbench; the workbench's result is 1 when that did not work. */
    public static void start(Path folder) {
        IWorkbenchWindow window = PlatformUI.getWorkbench().getWorkbenchWindows()[0];
        window.getShell().getDisplay().asyncExec(() -> {
            try {
                new ScreenshotTour(window, folder).all();
            } catch (IOException | WorkbenchException | RuntimeException e) {
                System.err.println("The pictures could not be taken: " + e); // $NON-NLS-1$
                e.printStackTrace();
            }
            PlatformUI.getWorkbench().close();
        });
    }

    private void all() throws IOException, WorkbenchException {
        Shell shell = window.getShell();
        shell.setMaximized(true);
        shell.forceActive();
        for (int waited = 0;
                waited < PATIENCE_MILLIS
                        && ActiveWorkspace.get().snapshot().items().isEmpty();
                waited += 200) {
            camera.settle(200);
        }
        Themes.setDark(false);
        IIntroManager intro = window.getWorkbench().getIntroManager();
        IIntroPart welcome = intro.showIntro(window, false);
        shoot("welcome"); // $NON-NLS-1$
        intro.closeIntro(welcome);
        TourStops stops = new TourStops(this);
        stops.light();
        stops.wizards();
        new HelpStops(this).all();
        Themes.setDark(true);
        camera.settle(SETTLE_MILLIS);
        stops.dark();
        Themes.setDark(false);
        camera.settle(SETTLE_MILLIS);
    }

    IWorkbenchPage page() {
        return window.getActivePage();
    }

    /** Shows a perspective as it is delivered. */
    void perspective(String id) throws WorkbenchException {
        window.getWorkbench().showPerspective(id, window);
        page().resetPerspective();
        camera.settle(SETTLE_MILLIS);
    }

    /** Selects the first item of a kind in the navigator, as a click would. */
    Optional<WorkspaceItem> select(ItemKind kind) {
        List<WorkspaceItem> items = ActiveWorkspace.get().snapshot().of(kind);
        if (items.isEmpty() || !(page().findView(NavigatorView.ID) instanceof NavigatorView navigator)) {
            return Optional.empty();
        }
        page().activate(navigator);
        navigator.viewer().setSelection(new StructuredSelection(items.get(0)), true);
        camera.settle(SETTLE_MILLIS);
        return Optional.of(items.get(0));
    }

    /** Waits for something that background work brings. */
    void await(java.util.function.BooleanSupplier condition) {
        for (int waited = 0; waited < PATIENCE_MILLIS && !condition.getAsBoolean(); waited += 100) {
            camera.settle(100);
        }
        camera.settle(SETTLE_MILLIS);
    }

    void shoot(String name) throws IOException {
        camera.settle(SETTLE_MILLIS);
        camera.take(window.getShell(), name);
    }

    /** Photographs a dialog that is open, and closes it. */
    void dialog(Window dialog, String name) throws IOException {
        camera.settle(SETTLE_MILLIS);
        camera.take(dialog.getShell(), name);
        dialog.close();
        camera.settle(200);
    }

    /** Opens a wizard, photographs each of its pages, and cancels it. */
    void wizard(IWorkbenchWizard wizard, String name) throws IOException {
        wizard.init(window.getWorkbench(), StructuredSelection.EMPTY);
        WizardDialog dialog = new WizardDialog(window.getShell(), wizard);
        dialog.setBlockOnOpen(false);
        dialog.open();
        int number = 1;
        for (IWizardPage at = wizard.getStartingPage(); at != null; at = wizard.getNextPage(at)) {
            dialog.showPage(at);
            camera.settle(SETTLE_MILLIS);
            camera.take(dialog.getShell(), name + "-" + number++); // $NON-NLS-1$
        }
        dialog.close();
        camera.settle(200);
    }
}

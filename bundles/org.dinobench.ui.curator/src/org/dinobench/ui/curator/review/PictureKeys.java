package org.dinobench.ui.curator.review;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.IWorkbenchPartSite;
import org.eclipse.ui.contexts.IContextActivation;
import org.eclipse.ui.contexts.IContextService;

/** Makes single keys (keep, drop, images like this) work while pictures have the keyboard, and not in text fields. */
public final class PictureKeys {
    /** The key bindings' context. */
    public static final String CONTEXT = "org.dinobench.ui.curator.pictures"; // $NON-NLS-1$

    private PictureKeys() {}

    /**
     * Turns the keys on and off with the focus of a control.
     *
     * @param site of the view
     * @param pictures the control
     */
    public static void attach(IWorkbenchPartSite site, Control pictures) {
        IContextService contexts = site.getService(IContextService.class);
        IContextActivation[] active = new IContextActivation[1];
        Runnable off = () -> {
            if (active[0] != null) {
                contexts.deactivateContext(active[0]);
                active[0] = null;
            }
        };
        pictures.addListener(SWT.FocusIn, e -> {
            off.run();
            active[0] = contexts.activateContext(CONTEXT);
        });
        pictures.addListener(SWT.FocusOut, e -> off.run());
        pictures.addListener(SWT.Dispose, e -> off.run());
    }
}

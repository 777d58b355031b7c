package org.dinobench.ui.common.theme;

import java.util.Dictionary;
import java.util.Hashtable;
import org.eclipse.e4.ui.css.swt.theme.IThemeEngine;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.PlatformUI;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;

/** The light and the dark theme of the workbench. */
public final class Themes {
    private static final String LIGHT = "org.eclipse.e4.ui.css.theme.e4_default"; // $NON-NLS-1$
    private static final String DARK = "org.eclipse.e4.ui.css.theme.e4_dark"; // $NON-NLS-1$

    private Themes() {}

    /** {@return whether the dark theme is in force} */
    public static boolean isDark() {
        IThemeEngine engine = engine();
        return engine != null
                && engine.getActiveTheme() != null
                && engine.getActiveTheme().getId().startsWith(DARK);
    }

    /**
     * Chooses a theme and keeps the choice.
     *
     * @param dark true for the dark one
     */
    public static void setDark(boolean dark) {
        IThemeEngine engine = engine();
        if (engine != null) {
            engine.setTheme(dark ? DARK : LIGHT, true);
        }
    }

    /**
     * Calls back after each change of the theme, until a control is disposed.
     *
     * @param owner the control
     * @param action called on the UI thread, when all widgets have their new colours
     */
    public static void onChange(Control owner, Runnable action) {
        Bundle bundle = FrameworkUtil.getBundle(Themes.class);
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(EventConstants.EVENT_TOPIC, IThemeEngine.Events.THEME_CHANGED);
        EventHandler handler = event -> {
            if (!owner.isDisposed()) {
                owner.getDisplay().asyncExec(() -> {
                    if (!owner.isDisposed()) {
                        action.run();
                    }
                });
            }
        };
        ServiceRegistration<EventHandler> registration =
                bundle.getBundleContext().registerService(EventHandler.class, handler, properties);
        owner.addListener(SWT.Dispose, e -> registration.unregister());
    }

    private static IThemeEngine engine() {
        return PlatformUI.isWorkbenchRunning() ? PlatformUI.getWorkbench().getService(IThemeEngine.class) : null;
    }
}

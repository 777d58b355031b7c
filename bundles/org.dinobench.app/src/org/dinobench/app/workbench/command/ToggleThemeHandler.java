package org.dinobench.app.workbench.command;

import org.dinobench.ui.common.theme.Themes;
import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;

/** Changes between the light and the dark theme. */
public final class ToggleThemeHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) {
        Themes.setDark(!Themes.isDark());
        return null;
    }
}

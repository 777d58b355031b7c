package org.dinobench.ui.help.keys;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.handlers.HandlerUtil;

/** Opens the list of keys. */
public final class KeysHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        new KeysDialog(HandlerUtil.getActiveShellChecked(event), KeyMap.of(PlatformUI.getWorkbench())).open();
        return null;
    }
}

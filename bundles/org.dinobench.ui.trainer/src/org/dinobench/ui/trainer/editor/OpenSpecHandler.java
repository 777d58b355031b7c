package org.dinobench.ui.trainer.editor;

import java.nio.file.Path;
import org.dinobench.ui.trainer.Messages;
import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.ui.handlers.HandlerUtil;

/** Asks for a spec's file and opens it. */
public final class OpenSpecHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) {
        FileDialog dialog = new FileDialog(HandlerUtil.getActiveShell(event), SWT.OPEN);
        dialog.setText(Messages.Editor_OpenTitle);
        dialog.setFilterExtensions(new String[] {"*.yaml;*.yml", "*"}); // $NON-NLS-1$ //$NON-NLS-2$
        String file = dialog.open();
        if (file != null) {
            SpecEditors.open(Path.of(file));
        }
        return null;
    }
}

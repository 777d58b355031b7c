package org.dinobench.ui.trainer.editor;

import java.nio.file.Path;
import org.eclipse.core.runtime.IAdaptable;
import org.eclipse.ui.IElementFactory;
import org.eclipse.ui.IMemento;

/** Makes the inputs of editors again that were open when the workbench was closed. */
public final class SpecInputFactory implements IElementFactory {
    /** As in {@code plugin.xml}. */
    static final String ID = "org.dinobench.ui.trainer.specInput"; // $NON-NLS-1$

    @Override
    public IAdaptable createElement(IMemento memento) {
        String path = memento.getString(SpecFileInput.PATH);
        return path == null ? null : new SpecFileInput(Path.of(path));
    }
}

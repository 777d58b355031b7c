package org.dinobench.ui.trainer.editor;

import java.nio.file.Files;
import java.nio.file.Path;
import org.dinobench.ui.common.theme.Icons;
import org.eclipse.core.runtime.IPath;
import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.ui.IMemento;
import org.eclipse.ui.IPathEditorInput;
import org.eclipse.ui.IPersistableElement;

/**
 * A spec's file, in a run or anywhere. Remembered with the layout of the window.
 *
 * @param file the file, absolute
 */
public record SpecFileInput(Path file) implements IPathEditorInput, IPersistableElement {
    /** Key of the path in the remembered layout. */
    static final String PATH = "path"; // $NON-NLS-1$

    private static final String RUN_SPEC = "spec.yaml"; // $NON-NLS-1$

    /** Makes the path absolute. */
    public SpecFileInput {
        file = file.toAbsolutePath().normalize();
    }

    @Override
    public boolean exists() {
        return Files.isRegularFile(file);
    }

    @Override
    public ImageDescriptor getImageDescriptor() {
        return Icons.RUN.descriptor();
    }

    /** All runs call their spec the same: such a file is called by its run. */
    @Override
    public String getName() {
        String name = file.getFileName().toString();
        return name.equals(RUN_SPEC) && file.getParent().getFileName() != null
                ? file.getParent().getFileName() + "/" + name // $NON-NLS-1$
                : name;
    }

    @Override
    public IPersistableElement getPersistable() {
        return this;
    }

    @Override
    public String getToolTipText() {
        return file.toString();
    }

    @Override
    public <T> T getAdapter(Class<T> adapter) {
        return adapter.isInstance(this) ? adapter.cast(this) : null;
    }

    @Override
    public IPath getPath() {
        return IPath.fromPath(file);
    }

    @Override
    public void saveState(IMemento memento) {
        memento.putString(PATH, file.toString());
    }

    @Override
    public String getFactoryId() {
        return SpecInputFactory.ID;
    }
}

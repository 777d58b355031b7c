package org.dinobench.ui.common.navigator;

import java.util.Objects;
import org.dinobench.ui.common.workspace.WorkspaceItem;
import org.eclipse.jface.viewers.IElementComparer;

/** Takes two states of one thing for the same tree node, so that expansion and selection outlive changes. */
final class SameItem implements IElementComparer {
    @Override
    public boolean equals(Object a, Object b) {
        return a instanceof WorkspaceItem one && b instanceof WorkspaceItem two
                ? one.sameAs(two)
                : Objects.equals(a, b);
    }

    @Override
    public int hashCode(Object element) {
        return element instanceof WorkspaceItem item ? item.folder().hashCode() : element.hashCode();
    }
}

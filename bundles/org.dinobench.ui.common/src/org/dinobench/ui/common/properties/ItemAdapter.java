package org.dinobench.ui.common.properties;

import org.dinobench.ui.common.workspace.WorkspaceItem;
import org.eclipse.core.runtime.IAdapterFactory;
import org.eclipse.ui.views.properties.IPropertySource;

/** Gives items of the workspace to the Properties view. */
public final class ItemAdapter implements IAdapterFactory {
    @Override
    public <T> T getAdapter(Object adaptable, Class<T> type) {
        return type == IPropertySource.class && adaptable instanceof WorkspaceItem item
                ? type.cast(ItemProperties.of(item))
                : null;
    }

    @Override
    public Class<?>[] getAdapterList() {
        return new Class<?>[] {IPropertySource.class};
    }
}

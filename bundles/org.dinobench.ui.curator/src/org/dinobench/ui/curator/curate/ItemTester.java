package org.dinobench.ui.curator.curate;

import org.dinobench.ui.common.workspace.ItemKind;
import org.dinobench.ui.common.workspace.WorkspaceItem;
import org.eclipse.core.expressions.PropertyTester;

/** Tells menus what kind of item is selected. */
public final class ItemTester extends PropertyTester {
    @Override
    public boolean test(Object receiver, String property, Object[] arguments, Object expected) {
        return receiver instanceof WorkspaceItem item
                && switch (property) {
                    case "dataset" -> item.kind() == ItemKind.DATASET && item.readable(); // $NON-NLS-1$
                    case "curation" -> item.kind() == ItemKind.CURATION; // $NON-NLS-1$
                    default -> false;
                };
    }
}

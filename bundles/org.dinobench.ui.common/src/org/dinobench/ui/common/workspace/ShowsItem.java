package org.dinobench.ui.common.workspace;

/** A view that can be asked to show a workspace item. */
public interface ShowsItem {
    /**
     * Shows an item, if the view is made for its kind.
     *
     * @param item the item
     */
    void show(WorkspaceItem item);
}

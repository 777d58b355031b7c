package org.dinobench.ui.common.workspace;

import java.util.List;
import java.util.Optional;

/**
 * What a workspace held at one look.
 *
 * @param items all items, grouped by kind
 */
public record WorkspaceSnapshot(List<WorkspaceItem> items) {
    /** Nothing. */
    public static final WorkspaceSnapshot EMPTY = new WorkspaceSnapshot(List.of());

    /** Keeps a copy. */
    public WorkspaceSnapshot {
        items = List.copyOf(items);
    }

    /**
     * The items of a kind.
     *
     * @param kind the kind
     * @return its items by name
     */
    public List<WorkspaceItem> of(ItemKind kind) {
        return items.stream().filter(i -> i.kind() == kind).toList();
    }

    /**
     * The present state of an item that was seen before.
     *
     * @param item an item of an older look
     * @return the same thing now, empty when it is gone
     */
    public Optional<WorkspaceItem> now(WorkspaceItem item) {
        return items.stream().filter(i -> i.sameAs(item)).findFirst();
    }
}

package org.dinobench.ui.common.navigator;

import org.dinobench.ui.common.Messages;
import org.dinobench.ui.common.workspace.ItemKind;

/** The groups of the navigator. */
public enum NavigatorGroup {
    /** All datasets. */
    DATASETS(ItemKind.DATASET),
    /** All curations. */
    CURATIONS(ItemKind.CURATION),
    /** All runs. */
    RUNS(ItemKind.RUN),
    /** All evaluations. */
    EVALUATIONS(ItemKind.EVALUATION),
    /** All exports. */
    EXPORTS(ItemKind.EXPORT);

    private final ItemKind kind;

    NavigatorGroup(ItemKind kind) {
        this.kind = kind;
    }

    /** {@return the kind of items in it} */
    public ItemKind kind() {
        return kind;
    }

    /** {@return its title} */
    public String title() {
        return switch (this) {
            case DATASETS -> Messages.Navigator_Datasets;
            case CURATIONS -> Messages.Navigator_Curations;
            case RUNS -> Messages.Navigator_Runs;
            case EVALUATIONS -> Messages.Navigator_Evaluations;
            case EXPORTS -> Messages.Navigator_Exports;
        };
    }

    static NavigatorGroup of(ItemKind kind) {
        return values()[kind.ordinal()];
    }
}

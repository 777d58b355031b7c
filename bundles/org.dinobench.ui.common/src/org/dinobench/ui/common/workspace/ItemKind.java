package org.dinobench.ui.common.workspace;

import org.dinobench.ui.common.theme.Icons;

/** What a workspace holds. */
public enum ItemKind {
    /** Imported images. */
    DATASET(Icons.DATASET),
    /** A curated choice of a dataset's images. */
    CURATION(Icons.CURATION),
    /** A training run. */
    RUN(Icons.RUN),
    /** Measurements of a model. */
    EVALUATION(Icons.EVALUATION),
    /** A model in a format for others. */
    EXPORT(Icons.EXPORT);

    private final Icons icon;

    ItemKind(Icons icon) {
        this.icon = icon;
    }

    /** {@return the icon of such items} */
    public Icons icon() {
        return icon;
    }
}

package org.dinobench.ui.curator.review;

import java.io.IOException;
import java.util.List;
import org.dinobench.core.catalog.Catalog;
import org.dinobench.core.catalog.KeepDecision;
import org.dinobench.ui.common.parts.Words;
import org.dinobench.ui.curator.Messages;
import org.dinobench.ui.curator.model.ImageElement;
import org.eclipse.osgi.util.NLS;

/** Images of one dataset stay or go because a person says so. */
public final class KeepOperation extends ReviewOperation {
    private final List<ImageElement> images;
    private final boolean keep;
    private final String reason;

    /**
     * A decision.
     *
     * @param images at least one, all of one dataset
     * @param keep whether they stay
     */
    public KeepOperation(List<ImageElement> images, boolean keep) {
        this(images, keep, keep ? Messages.Duplicates_ReasonKeep : Messages.Duplicates_ReasonDrop, what(images));
    }

    /**
     * A decision for a reason.
     *
     * @param images at least one, all of one dataset
     * @param keep whether they stay
     * @param reason one phrase, kept with the images
     * @param what names the images, for the Edit menu
     */
    public KeepOperation(List<ImageElement> images, boolean keep, String reason, String what) {
        super(NLS.bind(keep ? Messages.Duplicates_UndoKeep : Messages.Duplicates_UndoDrop, what));
        this.images = List.copyOf(images);
        this.keep = keep;
        this.reason = reason;
    }

    private static String what(List<ImageElement> images) {
        return images.size() == 1
                ? images.get(0).name()
                : NLS.bind(Messages.Thumbnails_Count, Words.count(images.size()));
    }

    private Catalog catalog() {
        return images.get(0).dataset().catalog();
    }

    @Override
    protected void apply() throws IOException {
        catalog()
                .decide(images.stream()
                        .map(i -> new KeepDecision(i.entry().id(), keep, reason))
                        .toList());
    }

    @Override
    protected void revert() throws IOException {
        List<KeepDecision> earlier = images.stream()
                .filter(i -> i.entry().decidedByPerson())
                .map(i -> new KeepDecision(
                        i.entry().id(), i.entry().keep(), i.entry().reason()))
                .toList();
        List<Long> open = images.stream()
                .filter(i -> !i.entry().decidedByPerson())
                .map(i -> i.entry().id())
                .toList();
        if (!open.isEmpty()) {
            catalog().undecide(open);
        }
        if (!earlier.isEmpty()) {
            catalog().decide(earlier);
        }
    }
}

package org.dinobench.ui.common.properties;

import java.util.ArrayList;
import java.util.List;
import org.dinobench.core.run.RunStatus;
import org.dinobench.ui.common.Messages;
import org.dinobench.ui.common.parts.States;
import org.dinobench.ui.common.parts.Words;
import org.dinobench.ui.common.workspace.WorkspaceItem;

/** The facts about an item of the workspace, for the Properties view. */
final class ItemProperties {
    private ItemProperties() {}

    static Facts of(WorkspaceItem item) {
        List<Facts.Fact> facts = new ArrayList<>();
        String general = Messages.Category_General;
        facts.add(new Facts.Fact(general, Messages.Property_Name, item.name()));
        facts.add(new Facts.Fact(general, Messages.Property_Kind, kind(item)));
        facts.add(
                new Facts.Fact(general, Messages.Property_Folder, item.folder().toString()));
        if (!item.readable()) {
            facts.add(new Facts.Fact(general, Messages.Property_Problem, item.problem()));
        }
        item.status().ifPresent(status -> progress(facts, status));
        return new Facts(item, facts);
    }

    private static void progress(List<Facts.Fact> facts, RunStatus status) {
        String progress = Messages.Category_Progress;
        facts.add(new Facts.Fact(progress, Messages.Property_State, States.word(status.state())));
        facts.add(new Facts.Fact(
                progress,
                Messages.Property_Step,
                Words.count(status.step())
                        + (status.total() > 0
                                ? " / " + Words.count(status.total())
                                : ""))); //$NON-NLS-1$ //$NON-NLS-2$
        facts.add(new Facts.Fact(progress, Messages.Property_Eta, States.timeLeft(status)));
        status.imagesPerSecond()
                .ifPresent(v -> facts.add(
                        new Facts.Fact(progress, Messages.Property_Speed, String.format("%.1f", v)))); // $NON-NLS-1$
        facts.add(new Facts.Fact(progress, Messages.Property_Host, status.host()));
        facts.add(new Facts.Fact(progress, Messages.Property_Message, status.message()));
    }

    private static String kind(WorkspaceItem item) {
        return switch (item.kind()) {
            case DATASET -> Messages.Kind_Dataset;
            case CURATION -> Messages.Kind_Curation;
            case RUN -> Messages.Kind_Run;
            case EVALUATION -> Messages.Kind_Evaluation;
            case EXPORT -> Messages.Kind_Export;
        };
    }
}

package org.dinobench.ui.trainer.wizard;

import java.util.List;
import org.dinobench.ui.trainer.Messages;
import org.dinobench.ui.trainer.form.SpecDraft;

/** The losses, the teacher and the optimizer. */
public final class ObjectivePage extends SpecPage {
    private static final List<String> PATHS = List.of(
            "dino.loss_weight", //$NON-NLS-1$
            "dino.head_n_prototypes", //$NON-NLS-1$
            "ibot.loss_weight", //$NON-NLS-1$
            "ibot.mask_sample_probability", //$NON-NLS-1$
            "ibot.mask_ratio_min_max", //$NON-NLS-1$
            "ibot.separate_head", //$NON-NLS-1$
            "dino.koleo_loss_weight", //$NON-NLS-1$
            "train.centering", //$NON-NLS-1$
            "train.sinkhorn_iterations", //$NON-NLS-1$
            "teacher.momentum_teacher", //$NON-NLS-1$
            "teacher.teacher_temp", //$NON-NLS-1$
            "optim.epochs", //$NON-NLS-1$
            "optim.lr", //$NON-NLS-1$
            "optim.warmup_epochs", //$NON-NLS-1$
            "optim.weight_decay", //$NON-NLS-1$
            "optim.weight_decay_end"); //$NON-NLS-1$

    ObjectivePage(SpecDraft draft) {
        super("objective", Messages.NewRun_ObjectiveTitle, Messages.NewRun_ObjectiveText, draft, PATHS); // $NON-NLS-1$
    }

    @Override
    protected boolean concerns(String path) {
        return super.concerns(path)
                || path.startsWith("dino.") // $NON-NLS-1$
                || path.startsWith("ibot.") // $NON-NLS-1$
                || path.startsWith("teacher.") // $NON-NLS-1$
                || path.startsWith("optim.") // $NON-NLS-1$
                || path.startsWith("losses."); // $NON-NLS-1$
    }
}

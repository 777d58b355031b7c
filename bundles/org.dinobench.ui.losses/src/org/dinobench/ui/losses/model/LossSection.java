package org.dinobench.ui.losses.model;

import java.util.List;
import org.dinobench.ui.losses.Messages;

/**
 * A part of the objective in the configurator.
 *
 * @param title in a few words
 * @param text what it is for
 * @param paths keys of the training spec that belong to it
 */
public record LossSection(String title, String text, List<String> paths) {
    /** {@return the sections of DINOv2's own objective, its teacher and its optimizer} */
    public static List<LossSection> standard() {
        return List.of(
                new LossSection(
                        Messages.Section_Dino,
                        Messages.Section_DinoText,
                        List.of(
                                "dino.loss_weight", //$NON-NLS-1$
                                "dino.head_n_prototypes", //$NON-NLS-1$
                                "dino.head_bottleneck_dim", //$NON-NLS-1$
                                "dino.head_hidden_dim", //$NON-NLS-1$
                                "dino.head_nlayers")), //$NON-NLS-1$
                new LossSection(
                        Messages.Section_Ibot,
                        Messages.Section_IbotText,
                        List.of(
                                "ibot.loss_weight", //$NON-NLS-1$
                                "ibot.mask_sample_probability", //$NON-NLS-1$
                                "ibot.mask_ratio_min_max", //$NON-NLS-1$
                                "ibot.separate_head", //$NON-NLS-1$
                                "ibot.head_n_prototypes", //$NON-NLS-1$
                                "ibot.head_bottleneck_dim", //$NON-NLS-1$
                                "ibot.head_hidden_dim", //$NON-NLS-1$
                                "ibot.head_nlayers")), //$NON-NLS-1$
                new LossSection(
                        Messages.Section_Koleo,
                        Messages.Section_KoleoText,
                        List.of("dino.koleo_loss_weight")), // $NON-NLS-1$
                new LossSection(
                        Messages.Section_Teacher,
                        Messages.Section_TeacherText,
                        List.of(
                                "train.centering", //$NON-NLS-1$
                                "train.sinkhorn_iterations", //$NON-NLS-1$
                                "teacher.warmup_teacher_temp", //$NON-NLS-1$
                                "teacher.teacher_temp", //$NON-NLS-1$
                                "teacher.warmup_teacher_temp_epochs", //$NON-NLS-1$
                                "teacher.momentum_teacher", //$NON-NLS-1$
                                "teacher.final_momentum_teacher")), //$NON-NLS-1$
                new LossSection(
                        Messages.Section_Optimizer,
                        Messages.Section_OptimizerText,
                        List.of(
                                "optim.epochs", //$NON-NLS-1$
                                "optim.lr", //$NON-NLS-1$
                                "optim.base_lr", //$NON-NLS-1$
                                "optim.warmup_epochs", //$NON-NLS-1$
                                "optim.min_lr", //$NON-NLS-1$
                                "optim.weight_decay", //$NON-NLS-1$
                                "optim.weight_decay_end"))); //$NON-NLS-1$
    }
}

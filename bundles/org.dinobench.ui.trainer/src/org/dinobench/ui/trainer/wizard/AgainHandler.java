package org.dinobench.ui.trainer.wizard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.SpecSchema;
import org.dinobench.core.spec.train.TrainPresets;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.core.spec.train.TrainSpecResolver;
import org.dinobench.core.spec.train.TrainSpecs;
import org.dinobench.core.workspace.RunDirectory;
import org.dinobench.ui.common.workspace.ItemKind;
import org.dinobench.ui.common.workspace.RunDraft;
import org.dinobench.ui.common.workspace.WorkspaceItem;
import org.dinobench.ui.trainer.Messages;
import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.runtime.Status;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.osgi.util.NLS;
import org.eclipse.ui.handlers.HandlerUtil;
import org.eclipse.ui.statushandlers.StatusManager;

/** Opens the wizard for a new run with all that an earlier run differs from its recipe by. */
public final class AgainHandler extends AbstractHandler {
    @Override
    public Object execute(ExecutionEvent event) {
        Object first = HandlerUtil.getCurrentStructuredSelection(event).getFirstElement();
        if (first instanceof WorkspaceItem run && run.kind() == ItemKind.RUN) {
            try {
                draft(RunDirectory.open(run.folder()).readSpec()).offer();
                NewRunWizard wizard = new NewRunWizard();
                new WizardDialog(HandlerUtil.getActiveShell(event), wizard).open();
            } catch (BadInputException e) {
                StatusManager.getManager()
                        .handle(
                                Status.error(NLS.bind(Messages.NewRun_NotAgain, run.name(), e.getMessage()), e),
                                StatusManager.SHOW | StatusManager.LOG);
            }
        }
        return null;
    }

    /**
     * Says a spec as a recipe and what differs from it.
     *
     * @param spec of an earlier run
     * @return its own recipe, or the nearest one when that is not known any more, and the differences
     */
    static RunDraft draft(TrainSpec spec) {
        SpecSchema<TrainSpec> schema = TrainSpecs.schema();
        String preset = TrainPresets.names().contains(spec.preset())
                ? spec.preset()
                : TrainPresets.names().stream()
                        .min(Comparator.comparingInt(
                                name -> schema.differences(TrainPresets.of(name).spec(), spec)
                                        .size()))
                        .orElseThrow();
        TrainSpec recipe = TrainPresets.of(preset).spec();
        List<String> followed = followed(recipe, spec);
        List<String> assignments = new ArrayList<>();
        for (String path : schema.differences(recipe, spec)) {
            if (!followed.contains(path)) {
                assignments.add(path + "=" + schema.text(spec, path)); // $NON-NLS-1$
            }
        }
        return new RunDraft(preset, assignments);
    }

    /**
     * Keys that the recipe leaves open and whose values in the run follow from the others: they must follow anew, or a
     * change of the epochs would change nothing beside the steps of the earlier run.
     */
    private static List<String> followed(TrainSpec recipe, TrainSpec spec) {
        SpecSchema<TrainSpec> schema = TrainSpecs.schema();
        List<String> open = schema.differences(recipe, spec).stream()
                .filter(path -> schema.text(recipe, path).equals("auto")) // $NON-NLS-1$
                .toList();
        long epoch = spec.train().officialEpochLength().orElse(0);
        if (open.isEmpty() || epoch == 0) {
            return List.of();
        }
        TrainSpec opened = TrainSpecs.reader()
                .setAll(spec, open.stream().map(path -> path + "=auto").toList()); // $NON-NLS-1$
        long images = epoch * spec.train().batchSizePerGpu() * spec.train().gradientAccumulation();
        try {
            TrainSpec again = TrainSpecResolver.resolve(
                            opened, images, spec.train().threads().orElse(1))
                    .spec();
            return open.stream()
                    .filter(path -> schema.text(again, path).equals(schema.text(spec, path)))
                    .toList();
        } catch (BadInputException e) {
            // a spec that cannot be resolved anew keeps all its values, and the wizard says what is wrong
            return List.of();
        }
    }
}

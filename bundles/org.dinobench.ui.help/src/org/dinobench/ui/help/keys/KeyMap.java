package org.dinobench.ui.help.keys;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.dinobench.ui.help.Messages;
import org.eclipse.core.commands.Command;
import org.eclipse.core.commands.common.NotDefinedException;
import org.eclipse.jface.bindings.Binding;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchCommandConstants;
import org.eclipse.ui.commands.ICommandService;
import org.eclipse.ui.contexts.IContextService;
import org.eclipse.ui.keys.IBindingService;

/** Reads the keys that are in force from the workbench, and adds those that single views understand. */
public final class KeyMap {
    private static final String OURS = "org.dinobench."; // $NON-NLS-1$
    private static final String EVERYWHERE = "org.eclipse.ui.contexts.window"; // $NON-NLS-1$
    private static final String DIALOGS_TOO = "org.eclipse.ui.contexts.dialogAndWindow"; // $NON-NLS-1$

    /** Commands of the platform that make every part reachable without a mouse. */
    private static final Set<String> OF_PLATFORM = Set.of(
            IWorkbenchCommandConstants.HELP_DYNAMIC_HELP,
            IWorkbenchCommandConstants.FILE_REFRESH,
            IWorkbenchCommandConstants.FILE_EXIT,
            IWorkbenchCommandConstants.EDIT_UNDO,
            IWorkbenchCommandConstants.EDIT_REDO,
            IWorkbenchCommandConstants.EDIT_COPY,
            IWorkbenchCommandConstants.EDIT_SELECT_ALL,
            IWorkbenchCommandConstants.WINDOW_NEXT_VIEW,
            IWorkbenchCommandConstants.WINDOW_PREVIOUS_VIEW,
            IWorkbenchCommandConstants.WINDOW_NEXT_PERSPECTIVE,
            IWorkbenchCommandConstants.WINDOW_MAXIMIZE_ACTIVE_VIEW_OR_EDITOR,
            IWorkbenchCommandConstants.WINDOW_SHOW_VIEW_MENU,
            IWorkbenchCommandConstants.WINDOW_SHOW_KEY_ASSIST,
            IWorkbenchCommandConstants.FILE_SAVE,
            IWorkbenchCommandConstants.FILE_CLOSE);

    private KeyMap() {}

    /**
     * All keys.
     *
     * @param workbench a running workbench
     * @return keys of our commands, then those of the platform, then those that single views understand
     */
    public static List<KeyRow> of(IWorkbench workbench) {
        IBindingService bindings = workbench.getService(IBindingService.class);
        ICommandService commands = workbench.getService(ICommandService.class);
        IContextService contexts = workbench.getService(IContextService.class);
        List<KeyRow> ours = new ArrayList<>();
        List<KeyRow> platform = new ArrayList<>();
        for (Binding binding : bindings.getBindings()) {
            if (binding.getParameterizedCommand() == null
                    || !bindings.getDefaultSchemeId().equals(binding.getSchemeId())) {
                continue;
            }
            Command command =
                    commands.getCommand(binding.getParameterizedCommand().getId());
            boolean own = command.getId().startsWith(OURS);
            if (!command.isDefined() || !own && !OF_PLATFORM.contains(command.getId())) {
                continue;
            }
            try {
                KeyRow row = new KeyRow(
                        binding.getTriggerSequence().format(),
                        binding.getParameterizedCommand().getName().replace("\u2026", ""), // $NON-NLS-1$ //$NON-NLS-2$
                        where(contexts, binding.getContextId()));
                List<KeyRow> rows = own ? ours : platform;
                if (!rows.contains(row)) {
                    rows.add(row);
                }
            } catch (NotDefinedException e) {
                // a command that went away between the question and the answer has no key any more
                continue;
            }
        }
        Comparator<KeyRow> byWords = Comparator.comparing(KeyRow::does).thenComparing(KeyRow::key);
        ours.sort(byWords);
        platform.sort(byWords);
        List<KeyRow> all = new ArrayList<>(ours);
        all.addAll(platform);
        all.addAll(inViews());
        return all;
    }

    private static String where(IContextService contexts, String id) throws NotDefinedException {
        return EVERYWHERE.equals(id) || DIALOGS_TOO.equals(id)
                ? Messages.Keys_Everywhere
                : contexts.getContext(id).getName();
    }

    private static List<KeyRow> inViews() {
        return List.of(
                new KeyRow(Messages.Fixed_GridMove, Messages.Fixed_GridMoveDoes, Messages.Fixed_Grid),
                new KeyRow(Messages.Fixed_GridOpen, Messages.Fixed_GridOpenDoes, Messages.Fixed_Grid),
                new KeyRow(Messages.Fixed_GridZoom, Messages.Fixed_GridZoomDoes, Messages.Fixed_Grid),
                new KeyRow(Messages.Fixed_GridAll, Messages.Fixed_GridAllDoes, Messages.Fixed_Grid),
                new KeyRow(Messages.Fixed_DuplicatesUndo, Messages.Fixed_DuplicatesUndoDoes, Messages.Fixed_Duplicates),
                new KeyRow(Messages.Fixed_LookMove, Messages.Fixed_LookMoveDoes, Messages.Fixed_Look),
                new KeyRow(Messages.Fixed_LookHome, Messages.Fixed_LookHomeDoes, Messages.Fixed_Look));
    }
}

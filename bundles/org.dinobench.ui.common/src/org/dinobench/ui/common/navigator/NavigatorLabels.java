package org.dinobench.ui.common.navigator;

import org.dinobench.core.run.RunState;
import org.dinobench.ui.common.Messages;
import org.dinobench.ui.common.theme.Icons;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.dinobench.ui.common.workspace.WorkspaceItem;
import org.eclipse.jface.viewers.DelegatingStyledCellLabelProvider.IStyledLabelProvider;
import org.eclipse.jface.viewers.LabelProvider;
import org.eclipse.jface.viewers.StyledString;
import org.eclipse.swt.graphics.Image;

/** Names with their state in a quieter colour. */
final class NavigatorLabels extends LabelProvider implements IStyledLabelProvider {
    @Override
    public StyledString getStyledText(Object element) {
        StyledString text = new StyledString();
        if (element instanceof NavigatorGroup group) {
            text.append(group.title());
            int count = ActiveWorkspace.get().snapshot().of(group.kind()).size();
            text.append("  " + count, StyledString.COUNTER_STYLER); // $NON-NLS-1$
        } else if (element instanceof WorkspaceItem item) {
            text.append(item.name());
            String note = item.readable() ? item.note() : Messages.Navigator_Broken;
            if (!note.isEmpty()) {
                text.append("  " + note, StyledString.QUALIFIER_STYLER); // $NON-NLS-1$
            }
        }
        return text;
    }

    @Override
    public String getText(Object element) {
        return getStyledText(element).getString();
    }

    @Override
    public Image getImage(Object element) {
        if (element instanceof NavigatorGroup) {
            return Icons.FOLDER.image();
        }
        WorkspaceItem item = (WorkspaceItem) element;
        if (!item.readable()) {
            return Icons.WARNING.image();
        }
        RunState state = item.status().map(s -> s.state()).orElse(RunState.FINISHED);
        return switch (state) {
            case RUNNING -> Icons.PLAY.image();
            case PAUSED -> Icons.PAUSE.image();
            case FAILED -> Icons.ERROR.image();
            default -> item.kind().icon().image();
        };
    }
}

package org.dinobench.ui.trainer.runs;

import org.dinobench.core.run.RunState;
import org.dinobench.ui.common.parts.States;
import org.dinobench.ui.common.theme.Icons;
import org.dinobench.ui.common.theme.Palette;
import org.dinobench.ui.common.theme.Themes;
import org.dinobench.ui.common.workspace.WorkspaceItem;
import org.eclipse.jface.viewers.StyledCellLabelProvider;
import org.eclipse.jface.viewers.ViewerCell;
import org.eclipse.swt.custom.StyleRange;
import org.eclipse.swt.graphics.Color;

/** The state of a run in words, in the colour of the state. */
final class StateCell extends StyledCellLabelProvider {
    @Override
    public void update(ViewerCell cell) {
        WorkspaceItem run = (WorkspaceItem) cell.getElement();
        String text = run.status().map(s -> States.word(s.state())).orElse("?"); // $NON-NLS-1$
        cell.setText(text);
        cell.setImage(run.status().isPresent() ? null : Icons.WARNING.image());
        RunState state = run.status().map(s -> s.state()).orElse(RunState.FAILED);
        cell.setStyleRanges(new StyleRange[] {new StyleRange(0, text.length(), color(state), null)});
        super.update(cell);
    }

    private static Color color(RunState state) {
        Palette palette = Palette.of(Themes.isDark());
        return switch (state) {
            case RUNNING -> palette.accent();
            case FINISHED -> palette.good();
            case PAUSED -> palette.warning();
            case FAILED -> palette.bad();
            case CREATED, STOPPED -> palette.subtle();
        };
    }
}

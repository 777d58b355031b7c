package org.dinobench.ui.trainer.runs;

import org.dinobench.core.run.RunState;
import org.dinobench.ui.common.workspace.ItemKind;
import org.dinobench.ui.common.workspace.WorkspaceItem;
import org.eclipse.core.expressions.PropertyTester;

/** Tells which commands a run understands in its present state. */
public final class RunTester extends PropertyTester {
    @Override
    public boolean test(Object receiver, String property, Object[] arguments, Object expected) {
        RunState state = ((WorkspaceItem) receiver).status().map(s -> s.state()).orElse(null);
        return switch (property) {
            case "run" -> ((WorkspaceItem) receiver).kind() == ItemKind.RUN; // $NON-NLS-1$
            case "running" -> state == RunState.RUNNING; // $NON-NLS-1$
            case "paused" -> state == RunState.PAUSED; // $NON-NLS-1$
            case "alive" -> state != null && state.isAlive(); // $NON-NLS-1$
            default -> false;
        };
    }
}

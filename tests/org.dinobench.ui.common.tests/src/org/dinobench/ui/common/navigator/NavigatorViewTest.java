package org.dinobench.ui.common.navigator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.dinobench.core.run.RunState;
import org.dinobench.ui.common.theme.Themes;
import org.dinobench.ui.common.workspace.WorkspaceItem;
import org.dinobench.ui.testing.SampleWorkspace;
import org.dinobench.ui.testing.Views;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.TreeViewer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NavigatorViewTest {
    @TempDir
    private Path folder;

    @Test
    void anEmptyWorkspaceSaysWhatToDo() throws Exception {
        try (Views views = Views.on(new SampleWorkspace(folder.resolve("w")).root())) {
            NavigatorView view = views.open(NavigatorView.ID, NavigatorView.class);
            assertTrue(view.emptyWords().contains("quickstart"), view.emptyWords());
            views.picture(view, "navigator-empty");
        }
    }

    @Test
    void everythingIsListedAndDamagedThingsSaySo() throws Exception {
        SampleWorkspace sample = new SampleWorkspace(folder.resolve("w"))
                .withShapes("shapes", folder.resolve("images"), 8)
                .withRun("first", RunState.FINISHED, 50, 50)
                .withBrokenRun("damaged")
                .withBrokenDataset("torn")
                .withEvaluation("report");
        try (Views views = Views.on(sample.root())) {
            NavigatorView view = views.open(NavigatorView.ID, NavigatorView.class);
            TreeViewer tree = view.viewer();
            views.robot().waitUntil("four groups", () -> tree.getTree().getItemCount() == 4);
            assertEquals(2, tree.getTree().getItem(0).getItemCount(), "datasets");
            String text = tree.getTree().getItem(2).getItem(0).getText();
            assertTrue(text.contains("damaged") && text.contains("cannot be read"), text);
            views.picture(view, "navigator");
            Themes.setDark(true);
            views.picture(view, "navigator-dark");
            Themes.setDark(false);
        }
    }

    @Test
    void newRunsAppearAndTheSelectionFollowsTheirState() throws Exception {
        SampleWorkspace sample = new SampleWorkspace(folder.resolve("w")).withRun("one", RunState.PAUSED, 10, 100);
        try (Views views = Views.on(sample.root())) {
            NavigatorView view = views.open(NavigatorView.ID, NavigatorView.class);
            TreeViewer tree = view.viewer();
            views.robot().waitUntil("the run", () -> tree.getTree().getItemCount() == 1);
            Object run = ((org.eclipse.jface.viewers.ITreeContentProvider) tree.getContentProvider())
                    .getChildren(NavigatorGroup.RUNS)[0];
            tree.setSelection(new StructuredSelection(run), true);
            Files.delete(folder.resolve("w/runs/one/spec.yaml"));
            sample.withRun("two", RunState.FINISHED, 5, 5);
            new org.dinobench.core.run.RunControl(folder.resolve("w/runs/one/control"))
                    .request(org.dinobench.core.run.RunCommand.STOP);
            var directory = org.dinobench.core.workspace.RunDirectory.open(folder.resolve("w/runs/one"));
            directory.writeStatus(directory.status().with(RunState.STOPPED, "Stopped on request"));
            views.robot()
                    .waitUntil("the second run", () -> tree.getTree().getItem(0).getItemCount() == 2);
            views.robot()
                    .waitUntil(
                            "the new state of the selected run",
                            () -> tree.getStructuredSelection().getFirstElement() instanceof WorkspaceItem item
                                    && item.status().orElseThrow().state() == RunState.STOPPED);
            assertFalse(tree.getStructuredSelection().isEmpty());
        }
    }
}

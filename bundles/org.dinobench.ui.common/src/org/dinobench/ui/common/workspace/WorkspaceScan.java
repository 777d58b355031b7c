package org.dinobench.ui.common.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.run.RunStatus;
import org.dinobench.core.workspace.DatasetDirectory;
import org.dinobench.core.workspace.RunDirectory;
import org.dinobench.core.workspace.Workspace;
import org.dinobench.ui.common.Messages;
import org.dinobench.ui.common.parts.States;

/** One look at all folders of a workspace. Something that cannot be read becomes an item that says why. */
final class WorkspaceScan {
    private final Workspace workspace;

    WorkspaceScan(Workspace workspace) {
        this.workspace = workspace;
    }

    WorkspaceSnapshot look() throws IOException {
        List<WorkspaceItem> items = new ArrayList<>();
        List<DatasetDirectory> datasets = workspace.datasets();
        datasets.forEach(d -> items.add(dataset(d)));
        for (DatasetDirectory dataset : datasets) {
            for (Path folder : children(dataset.curationsFolder())) {
                items.add(plain(ItemKind.CURATION, folder, dataset.name()));
            }
        }
        for (Path folder : children(workspace.runsFolder())) {
            items.add(run(folder));
        }
        workspace.evaluations().forEach(folder -> items.add(evaluation(folder)));
        workspace.exports().forEach(path -> items.add(plain(ItemKind.EXPORT, path, ""))); // $NON-NLS-1$
        return new WorkspaceSnapshot(items);
    }

    private static WorkspaceItem dataset(DatasetDirectory dataset) {
        String problem = dataset.exists() ? "" : Messages.Scan_NoCatalog; // $NON-NLS-1$
        return new WorkspaceItem(
                ItemKind.DATASET, dataset.name(), dataset.folder(), "", Optional.empty(), problem); // $NON-NLS-1$
    }

    private static WorkspaceItem run(Path folder) {
        String name = folder.getFileName().toString();
        try {
            RunStatus status = RunDirectory.open(folder).status();
            return new WorkspaceItem(
                    ItemKind.RUN, name, folder, States.phrase(status), Optional.of(status), ""); // $NON-NLS-1$
        } catch (BadInputException e) {
            return new WorkspaceItem(ItemKind.RUN, name, folder, "", Optional.empty(), e.getMessage()); // $NON-NLS-1$
        }
    }

    private static WorkspaceItem evaluation(Path folder) {
        // a folder that is being written has no report yet
        String note =
                Files.exists(folder.resolve("report.json")) ? "" : Messages.Scan_InWork; // $NON-NLS-1$ //$NON-NLS-2$
        return plain(ItemKind.EVALUATION, folder, note);
    }

    private static WorkspaceItem plain(ItemKind kind, Path folder, String note) {
        return new WorkspaceItem(
                kind, folder.getFileName().toString(), folder, note, Optional.empty(), ""); // $NON-NLS-1$
    }

    private static List<Path> children(Path parent) throws IOException {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(parent)) {
            return all.filter(p -> !p.getFileName().toString().startsWith(".")) // $NON-NLS-1$
                    .filter(Files::isDirectory)
                    .sorted(Comparator.comparing(Path::getFileName))
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}

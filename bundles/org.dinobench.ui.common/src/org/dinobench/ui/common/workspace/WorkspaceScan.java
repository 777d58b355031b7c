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
    private final DatasetCounts counts = new DatasetCounts();

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

    private WorkspaceItem dataset(DatasetDirectory dataset) {
        long stamp = stamp(dataset.catalogFile());
        DatasetCounts.Known known = stamp == 0
                ? new DatasetCounts.Known(0, "", Messages.Scan_NoCatalog) // $NON-NLS-1$
                : counts.ask(dataset, stamp);
        return new WorkspaceItem(
                ItemKind.DATASET,
                dataset.name(),
                dataset.folder(),
                known.note(),
                Optional.empty(),
                stamp,
                known.problem());
    }

    private static WorkspaceItem run(Path folder) {
        String name = folder.getFileName().toString();
        try {
            RunStatus status = RunDirectory.open(folder).status();
            return new WorkspaceItem(
                    ItemKind.RUN, name, folder, States.phrase(status), Optional.of(status), 0, ""); // $NON-NLS-1$
        } catch (BadInputException e) {
            return new WorkspaceItem(
                    ItemKind.RUN, name, folder, "", Optional.empty(), 0, e.getMessage()); // $NON-NLS-1$
        }
    }

    private static WorkspaceItem evaluation(Path folder) {
        // a folder that is being written has no report yet
        long stamp = stamp(folder.resolve("report.json")); // $NON-NLS-1$
        String note = stamp != 0 ? "" : Messages.Scan_InWork; // $NON-NLS-1$
        return new WorkspaceItem(
                ItemKind.EVALUATION,
                folder.getFileName().toString(),
                folder,
                note,
                Optional.empty(),
                stamp,
                ""); //$NON-NLS-1$
    }

    private static WorkspaceItem plain(ItemKind kind, Path folder, String note) {
        return new WorkspaceItem(
                kind,
                folder.getFileName().toString(),
                folder,
                note,
                Optional.empty(),
                stamp(folder),
                ""); //$NON-NLS-1$
    }

    private static long stamp(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            // not there, or just being replaced: the next look will tell
            return 0;
        }
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

package org.dinobench.core.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.job.StopFlag;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.problem.StoppedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FolderScanTest {
    @TempDir
    Path folder;

    private void touch(String... names) throws Exception {
        for (String name : names) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, name);
        }
    }

    private List<String> scan(LabelSource labels) throws Exception {
        return FolderScan.scan(folder, labels, JobMonitor.NONE).files().stream()
                .map(f -> f.path() + "|" + f.label() + "|" + f.split())
                .toList();
    }

    @Test
    void theFirstFolderIsTheLabel() throws Exception {
        touch(
                "nävus x/a b.JPG",
                "melanom/tief/c.png",
                "d.webp",
                "melanom/notes.txt",
                ".hidden/e.jpg",
                "melanom/.f.jpg");
        assertEquals(
                List.of("d.webp||", "melanom/tief/c.png|melanom|", "nävus x/a b.JPG|nävus x|"),
                scan(new LabelSource.Folders()));
        assertEquals(List.of("d.webp||", "melanom/tief/c.png||", "nävus x/a b.JPG||"), scan(new LabelSource.None()));
        assertEquals(
                2,
                FolderScan.scan(folder, new LabelSource.None(), JobMonitor.NONE).others());
    }

    @Test
    void splitFoldersAreSplitsNotLabels() throws Exception {
        touch("Train/a/1.jpg", "validation/b/2.jpg", "test/3.jpg", "extra/a/4.jpg");
        assertEquals(
                List.of(
                        "Train/a/1.jpg|a|train",
                        "extra/a/4.jpg|extra|",
                        "test/3.jpg||test",
                        "validation/b/2.jpg|b|val"),
                scan(new LabelSource.Folders()));
    }

    @Test
    void aClassThatIsCalledTestStaysAClass() throws Exception {
        touch("test/1.jpg", "control/2.jpg");
        assertEquals(List.of("control/2.jpg|control|", "test/1.jpg|test|"), scan(new LabelSource.Folders()));
    }

    @Test
    void labelsComeFromACsvFile() throws Exception {
        touch("a/1.jpg", "b/2.jpg", "3.jpg");
        Path csv = folder.resolve("labels.csv");
        Files.writeString(csv, "path,label,split\na/1.jpg,x,test\n" + folder.resolve("b/2.jpg") + ",\"y, z\",\n");
        assertEquals(List.of("3.jpg||", "a/1.jpg|x|test", "b/2.jpg|y, z|"), scan(new LabelSource.Csv(csv)));
        Files.writeString(csv, "path,label\nnothing.jpg,x\n");
        assertThrows(BadInputException.class, () -> scan(new LabelSource.Csv(csv)));
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void linksAreFollowedButNotInCircles(@TempDir Path other) throws Exception {
        touch("a/1.jpg");
        Path elsewhere = other;
        Files.writeString(elsewhere.resolve("2.jpg"), "x");
        Files.createSymbolicLink(folder.resolve("b"), elsewhere);
        Files.createSymbolicLink(folder.resolve("a/loop"), folder);
        Files.createSymbolicLink(folder.resolve("a/dangling.jpg"), folder.resolve("nowhere.jpg"));
        FolderScan.Result result = FolderScan.scan(folder, new LabelSource.Folders(), JobMonitor.NONE);
        assertEquals(
                List.of("a/1.jpg", "b/2.jpg"),
                result.files().stream().map(ScannedFile::path).toList());
        assertTrue(
                result.remarks().stream().anyMatch(r -> r.contains("a/loop is a link back")),
                result.remarks().toString());
    }

    @Test
    void foldersWithoutImagesAreBadInput() throws Exception {
        assertThrows(BadInputException.class, () -> scan(new LabelSource.Folders()));
        touch("a.txt");
        BadInputException e = assertThrows(BadInputException.class, () -> scan(new LabelSource.Folders()));
        assertTrue(e.problem().contains("1 files of other kinds"), e.problem());
        for (Path path : List.of(folder.resolve("absent"), folder.resolve("a.txt"))) {
            assertThrows(BadInputException.class, () -> FolderScan.scan(path, new LabelSource.None(), JobMonitor.NONE));
        }
    }

    @Test
    void aScanCanBeStopped() throws Exception {
        touch("a/1.jpg");
        StopFlag stop = new StopFlag();
        stop.stop();
        assertThrows(StoppedException.class, () -> FolderScan.scan(folder, new LabelSource.None(), stop));
    }
}

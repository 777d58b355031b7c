package org.dinobench.ui.trainer.notes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dinobench.core.problem.BadInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunNotesTest {
    @TempDir
    private Path run;

    @Test
    void whatIsWrittenIsReadAgain() throws Exception {
        assertEquals(RunNotes.NONE, RunNotes.read(run));
        RunNotes notes = RunNotes.typed(" KoLeo at 0.2\nworse on ring ", "baseline, good,, good ");
        notes.write(run);
        assertEquals(notes, RunNotes.read(run));
        assertEquals(List.of("baseline", "good"), notes.tags());
        assertEquals("[baseline, good] KoLeo at 0.2", notes.shortForm());
    }

    @Test
    void aDamagedFileIsNamed() throws Exception {
        Files.writeString(run.resolve("notes.json"), "{\"note\"");
        assertThrows(BadInputException.class, () -> RunNotes.read(run));
    }
}

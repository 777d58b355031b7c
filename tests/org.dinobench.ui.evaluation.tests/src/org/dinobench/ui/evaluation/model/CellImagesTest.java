package org.dinobench.ui.evaluation.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dinobench.core.problem.BadInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CellImagesTest {
    @TempDir
    private Path folder;

    @Test
    void imagesOfACellAreThoseOfTheFirstClassifier() throws Exception {
        assertFalse(CellImages.listed(folder));
        Files.writeString(
                folder.resolve("predictions.csv"),
                "classifier,path,label,predicted,right,score a,score b\r\n"
                        + "knn,/x/1.png,a,b,false,0.1,0.9\r\n"
                        + "knn,/x/2.png,a,a,true,0.9,0.1\r\n"
                        + "knn,\"/x/3, \"\"odd\"\".png\",a,b,false,0.2,0.8\r\n"
                        + "linear,/x/2.png,a,b,false,0.1,0.9\r\n");
        assertEquals(List.of(Path.of("/x/1.png"), Path.of("/x/3, \"odd\".png")), CellImages.of(folder, "a", "b"));
        assertEquals(List.of(), CellImages.of(folder, "b", "a"));
    }

    @Test
    void aTornLineIsNamed() throws Exception {
        Files.writeString(folder.resolve("predictions.csv"), "classifier,path,label,predicted\nknn,/x/1\n");
        BadInputException problem = assertThrows(BadInputException.class, () -> CellImages.of(folder, "a", "b"));
        assertEquals(true, problem.getMessage().contains("predictions.csv:2"));
    }
}

package org.dinobench.ui.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.ui.evaluation.model.Confusion;
import org.dinobench.ui.evaluation.model.EvaluationReport;
import org.dinobench.ui.testing.SampleWorkspace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationReportTest {
    @TempDir
    private Path folder;

    @Test
    void numbersMatrixAndPicturesAreRead() throws Exception {
        new SampleWorkspace(folder.resolve("w")).withEvaluation("e");
        EvaluationReport report = EvaluationReport.read(folder.resolve("w/evaluations/e"));
        assertEquals(3, report.knn().size());
        assertEquals(0.742, report.model().orElseThrow().accuracy());
        Confusion matrix = report.model().orElseThrow().confusion().orElseThrow();
        assertEquals(40, matrix.support(0));
        double sum = 0;
        for (int i = 0; i < matrix.classes().size(); i++) {
            sum += matrix.share(2, i);
        }
        assertEquals(1, sum, 1e-9);
        assertEquals(246.0, report.numbers().get("images"));
        assertEquals(1200.0, report.numbers().get("training.steps"));
        assertEquals(4, report.pictures().size());
        assertEquals(1, report.conflicts());
        assertTrue(report.html().isPresent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"knn\": [",
                "[]",
                "{\"knn\": [{\"confusion\": {\"classes\": [\"a\", \"b\"], \"counts\": [[1, 2]]}}]}"
            })
    void damagedReportsAreRefusedWithTheFilesName(String text) throws Exception {
        Files.writeString(folder.resolve("report.json"), text);
        BadInputException told = assertThrows(BadInputException.class, () -> EvaluationReport.read(folder));
        assertTrue(told.getMessage().contains("report.json"), told.getMessage());
    }

    @Test
    void anEvaluationsOwnFormIsReadToo() throws Exception {
        String details = "\"details\": {\"accuracy\": {\"value\": 0.6, \"low\": 0.5, \"high\": 0.7},"
                + " \"macro_f1\": null, \"confusion\": {\"classes\": [\"a\"], \"counts\": [[7]]}}";
        Files.writeString(
                folder.resolve("report.json"),
                "{\"knn\": {\"features\": \"CLS\", \"details_k\": 20, " + details + "},"
                        + " \"linear\": {" + details + "},"
                        + " \"baselines\": [{\"features\": \"pixels\", " + details + "}]}");
        Files.createDirectories(folder.resolve("figures"));
        for (String name : new String[] {"cat-image.png", "cat-attention.png", "cat-components.png"}) {
            Files.write(folder.resolve("figures").resolve(name), new byte[1]);
        }
        EvaluationReport report = EvaluationReport.read(folder);
        assertEquals(
                java.util.List.of("CLS", Messages.Row_Linear, "pixels"),
                report.knn().stream().map(r -> r.features()).toList());
        assertEquals(0.6, report.knn().get(0).accuracy());
        assertTrue(Double.isNaN(report.knn().get(0).macroF1()));
        assertEquals(7, report.knn().get(0).confusion().orElseThrow().count(0, 0));
        assertEquals(1, report.pictures().size());
        assertTrue(report.pictures().get(0).pca().isPresent());
    }

    @Test
    void aReportWithoutKnnIsShownWithWhatItHas() throws Exception {
        Files.writeString(folder.resolve("report.json"), "{\"images\": 12}");
        EvaluationReport report = EvaluationReport.read(folder);
        assertTrue(report.model().isEmpty());
        assertEquals(12.0, report.numbers().get("images"));
    }
}

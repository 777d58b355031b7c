package org.dinobench.ui.trainer.editor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.dinobench.core.run.RunState;
import org.dinobench.core.spec.train.TrainSpecs;
import org.dinobench.ui.common.parts.Commands;
import org.dinobench.ui.common.theme.Themes;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.dinobench.ui.common.workspace.ItemKind;
import org.dinobench.ui.testing.SampleWorkspace;
import org.dinobench.ui.testing.Views;
import org.dinobench.ui.trainer.runs.RunsView;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.ui.texteditor.ITextEditor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecEditorTest {
    private static final String TEXT = """
        # lesions, second try
        preset: quick

        dino: {koleo_loss_weight: 0.2} # as before
        student:
          patch_size: 8
        """;

    @TempDir
    private Path folder;

    private Views views;

    private SpecEditor open(String text) throws Exception {
        Path file = folder.resolve("mine.yaml");
        Files.writeString(file, text);
        views = Views.on(new SampleWorkspace(folder.resolve("w")).root());
        SpecEditors.open(file);
        views.robot().settle(300);
        return (SpecEditor) views.page().getActiveEditor();
    }

    @AfterEach
    void close() {
        if (views != null) {
            views.page().closeAllEditors(false);
            views.close();
        }
    }

    private void picture(SpecEditor editor, String name) throws Exception {
        views.picture(editor, name);
    }

    @Test
    void aChangeInTheFormChangesItsValueInTheSourceAndNothingElse() throws Exception {
        SpecEditor editor = open(TEXT);
        editor.form().choose("dino");
        picture(editor, "spec-form");
        editor.form().form().field("dino.koleo_loss_weight").type("0.4");
        assertEquals(TEXT.replace("0.2", "0.4"), editor.source().document().get());
        assertTrue(editor.isDirty());
        editor.form().form().field("dino.head_n_prototypes").type("2048");
        assertTrue(editor.source().document().get().contains("{koleo_loss_weight: 0.4, head_n_prototypes: 2048} # as"));
        editor.doSave(new NullProgressMonitor());
        assertFalse(editor.isDirty());
        assertEquals(
                0.4, TrainSpecs.read(folder.resolve("mine.yaml")).spec().dino().koleoLossWeight());
        assertTrue(Files.readString(folder.resolve("mine.yaml")).startsWith("# lesions, second try"));
    }

    @Test
    void undoTakesAChangeOfTheFormBack() throws Exception {
        SpecEditor editor = open(TEXT);
        editor.form().choose("dino");
        editor.form().form().field("dino.koleo_loss_weight").type("0.4");
        views.robot().settle(200);
        views.page().activate(editor);
        assertTrue(Commands.run("org.eclipse.ui.edit.undo"), "undo is not possible");
        views.robot().settle(300);
        assertEquals(TEXT, editor.source().document().get());
        assertTrue(editor.form().form().field("dino.koleo_loss_weight").words().contains("0.1"));
        assertTrue(Commands.run("org.eclipse.ui.edit.redo"), "redo is not possible");
        assertTrue(editor.source().document().get().contains("0.4"));
    }

    @Test
    void aChangeInTheSourceShowsInTheFormAndItsFaultsAreMarked() throws Exception {
        SpecEditor editor = open(TEXT);
        editor.form().choose("student");
        editor.show(true);
        editor.source().document().set(TEXT.replace("patch_size: 8", "patch_size: 7\n  archh: vit_tiny"));
        views.robot()
                .waitUntil(
                        "two marks and a contradiction",
                        () -> editor.source().marks().size() >= 2);
        assertTrue(
                editor.source().marks().stream().anyMatch(m -> m.startsWith("7: ") && m.contains("student.arch")),
                editor.source().marks().toString());
        picture(editor, "spec-source-wrong");
        editor.show(false);
        assertTrue(
                editor.form().problemWords().contains("Line 7"), editor.form().problemWords());
        picture(editor, "spec-form-wrong");
        Themes.setDark(true);
        picture(editor, "spec-form-dark");
        editor.show(true);
        picture(editor, "spec-source-dark");
        Themes.setDark(false);
    }

    @Test
    void aWrongValueStaysInItsFieldAndIsExplained() throws Exception {
        SpecEditor editor = open(TEXT);
        editor.form().choose("student");
        editor.form().form().field("student.patch_size").type("eight");
        views.robot().settle(300);
        assertTrue(editor.form().form().field("student.patch_size").words().contains("a whole number"));
        assertTrue(
                editor.source().marks().get(0).startsWith("6: "),
                editor.source().marks().toString());
        editor.form().choose("ibot");
        editor.form().form().field("ibot.mask_ratio_min_max").type("[0.1, ");
        views.robot().settle(300);
        assertEquals("", editor.form().unreadableWords(), "what is half typed does not break the text");
        assertTrue(editor.form().form().field("ibot.mask_ratio_min_max").words().contains("YAML"));
    }

    @Test
    void brokenYamlLeavesASentenceWithItsLine() throws Exception {
        SpecEditor editor = open("preset: quick\nstudent:\n  arch: [vit\ndino: {}\n");
        assertTrue(
                editor.form().unreadableWords().contains("from line"),
                editor.form().unreadableWords());
        picture(editor, "spec-form-unreadable");
        editor.source().document().set(TEXT);
        views.robot()
                .waitUntil("the form", () -> editor.form().unreadableWords().isEmpty());
    }

    @Test
    void keysAreFoundByTheirHelpAndTheSpecOfARunIsOpenedByItsCommand() throws Exception {
        SampleWorkspace sample = new SampleWorkspace(folder.resolve("w")).withRun("old", RunState.FINISHED, 5, 5);
        views = Views.on(sample.root());
        RunsView runs = views.open(RunsView.ID, RunsView.class);
        views.robot()
                .waitUntil(
                        "the run",
                        () -> !ActiveWorkspace.get().snapshot().of(ItemKind.RUN).isEmpty());
        views.robot().waitUntil("its row", () -> runs.viewer().getTable().getItemCount() == 1);
        views.page().activate(runs);
        runs.viewer().setSelection(new StructuredSelection(runs.viewer().getElementAt(0)));
        views.robot().settle(300);
        assertTrue(Commands.run("org.dinobench.ui.trainer.editSpec"), "the spec cannot be edited");
        views.robot().settle(300);
        SpecEditor editor = (SpecEditor) views.page().getActiveEditor();
        assertEquals("old/spec.yaml", editor.getPartName());
        assertEquals(editor.source(), editor.getAdapter(ITextEditor.class));
        editor.form().find("temperature");
        assertTrue(
                editor.form().form().paths().contains("teacher.teacher_temp"),
                editor.form().form().paths() + "");
        picture(editor, "spec-form-found");
    }
}

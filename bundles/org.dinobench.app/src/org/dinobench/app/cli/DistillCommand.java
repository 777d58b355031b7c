package org.dinobench.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.train.TrainPresets;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.trainer.FittingStudent;
import org.dinobench.trainer.TeacherFacts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code distill}: trains a smaller student from a larger frozen teacher, or goes on with such a run. */
@Command(
        name = "distill",
        description = {
            "Train a smaller model from a larger frozen one, or go on with such a run (--resume).",
            "Without --spec it starts from the preset distill, with patches, crops and prototypes that fit the teacher."
        })
final class DistillCommand implements Callable<Integer> {
    private static final String PRESET = "distill";

    private final Console console;

    @Mixin
    private ResultOutput output;

    @Mixin
    private WorkspaceOption workspaceOption;

    @Mixin
    private TrainingOptions options;

    @Option(
            names = "--teacher",
            paramLabel = "MODEL",
            description = "The teacher: a run, a checkpoint folder, a transformers folder or a .pth file.")
    private String teacher;

    DistillCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        TrainingCall call = new TrainingCall(console, output, workspaceOption, options);
        boolean ofFile = options.spec() != null;
        String preset = options.preset() != null || ofFile ? options.preset() : PRESET;
        List<String> assignments = new ArrayList<>(List.of("distill.enabled=true"));
        if (teacher != null) {
            Path place = call.model("--teacher", teacher);
            assignments.add(TrainingCall.assignment("distill.teacher", place));
            if (!ofFile && !options.resume()) {
                assignments.addAll(fitting(TrainPresets.of(preset).spec(), TeacherFacts.of(place)));
            }
        } else if (!ofFile && !options.resume()) {
            throw new BadInputException("--teacher", "no teacher is named", "give --teacher RUN, FOLDER or FILE");
        }
        assignments.addAll(options.assignments());
        return call.run(PRESET, preset, assignments);
    }

    /** What the student has to have in common with the teacher; a person's own settings come after these. */
    private List<String> fitting(TrainSpec spec, TeacherFacts facts) {
        List<String> keys = FittingStudent.learningFrom(spec, facts);
        keys.forEach(key -> console.remark(key + " (to fit the teacher)"));
        return keys;
    }
}

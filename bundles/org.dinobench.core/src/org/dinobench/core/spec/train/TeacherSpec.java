package org.dinobench.core.spec.train;

import java.util.OptionalInt;
import org.dinobench.core.spec.Key;

/** The moving average of the student that gives the targets ({@code teacher.*}). */
public record TeacherSpec(
        @Key(
                doc = "Momentum of the moving average at the start; it rises along a cosine.",
                def = "0.992",
                min = 0,
                max = 1)
        double momentumTeacher,

        @Key(doc = "Momentum at the end.", def = "1", min = 0, max = 1)
        double finalMomentumTeacher,

        @Key(doc = "Temperature of the teacher at the start.", def = "0.04", min = 0.001, max = 10)
        double warmupTeacherTemp,

        @Key(doc = "Temperature of the teacher after its warm-up.", def = "0.07", min = 0.001, max = 10)
        double teacherTemp,

        @Key(doc = "Length of the linear temperature warm-up.", def = "30", min = 0, max = 1e6, unit = "epochs")
        double warmupTeacherTempEpochs,

        @Key(
                doc = "Length of the temperature warm-up in steps; auto: from the epochs.",
                def = "auto",
                auto = true,
                min = 0,
                max = 2e9,
                unit = "steps")
        OptionalInt warmupTeacherTempSteps) {}

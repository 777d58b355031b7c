package org.dinobench.core.run;

import java.util.Locale;
import org.dinobench.core.problem.BadInputException;

/** What a person can ask of a running worker. */
public enum RunCommand {
    /** Wait after the present step. */
    PAUSE,
    /** Go on after a pause. */
    RESUME,
    /** Write a checkpoint and end. */
    STOP,
    /** Write a checkpoint and go on. */
    CHECKPOINT;

    /** The word on the command line and in file names. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws BadInputException when there is no such command */
    public static RunCommand of(String word) {
        for (RunCommand command : values()) {
            if (command.word().equals(word)) {
                return command;
            }
        }
        throw new BadInputException(
                "control " + word, "there is no such command", "use pause, resume, stop or checkpoint");
    }
}

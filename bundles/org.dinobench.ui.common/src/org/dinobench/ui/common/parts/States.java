package org.dinobench.ui.common.parts;

import java.time.Duration;
import org.dinobench.core.run.RunState;
import org.dinobench.core.run.RunStatus;
import org.dinobench.ui.common.Messages;
import org.eclipse.osgi.util.NLS;

/** States of runs in words. */
public final class States {
    private States() {}

    /**
     * The name of a state.
     *
     * @param state the state
     * @return one or two words
     */
    public static String word(RunState state) {
        return switch (state) {
            case CREATED -> Messages.State_Created;
            case RUNNING -> Messages.State_Running;
            case PAUSED -> Messages.State_Paused;
            case STOPPED -> Messages.State_Stopped;
            case FAILED -> Messages.State_Failed;
            case FINISHED -> Messages.State_Finished;
        };
    }

    /**
     * A state with how far the run is.
     *
     * @param status the status
     * @return a few words
     */
    public static String phrase(RunStatus status) {
        boolean underway = status.state().isAlive() && status.total() > 0;
        return underway
                ? NLS.bind(Messages.State_Share, word(status.state()), Math.round(status.share() * 100))
                : word(status.state());
    }

    /**
     * The time that is left.
     *
     * @param status the status
     * @return a duration in words, empty when unknown or over
     */
    public static String timeLeft(RunStatus status) {
        return status.state() == RunState.RUNNING && status.etaSeconds().isPresent()
                ? Words.duration(Duration.ofSeconds((long) status.etaSeconds().getAsDouble()))
                : ""; //$NON-NLS-1$
    }
}

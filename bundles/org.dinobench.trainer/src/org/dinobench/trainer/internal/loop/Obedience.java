package org.dinobench.trainer.internal.loop;

import java.io.IOException;
import org.dinobench.trainer.step.ObjectiveSnapshot;

/** Carries out what was asked for at the desk, on the training thread: between two steps, or between parts of one. */
final class Obedience {
    private final ControlDesk desk;
    private final Deeds deeds;

    /** What a loop does for its part. */
    interface Deeds {
        /** Writes a checkpoint of the steps that are done. */
        void checkpoint() throws IOException;

        /** A pause begins. */
        void paused();

        /** It has ended, and the run goes on. */
        void resumed();
    }

    Obedience(ControlDesk desk, Deeds deeds) {
        this.desk = desk;
        this.deeds = deeds;
    }

    /**
     * Obeys, through a pause to its end.
     *
     * @return false when the run is to stop
     */
    boolean obey() throws IOException, InterruptedException {
        ControlDesk.Wishes wishes = desk.wishes();
        checkpointIf(wishes);
        if (wishes.pause()) {
            deeds.paused();
            while (wishes.pause()) {
                desk.await();
                wishes = desk.wishes();
                checkpointIf(wishes);
            }
            if (!wishes.stop()) {
                deeds.resumed();
            }
        }
        return !wishes.stop();
    }

    /**
     * Obeys within a step, with the objective as it was before the step, as a checkpoint has to hold it.
     *
     * @return false when the run is to stop
     */
    boolean obeyWithin(ObjectiveSnapshot before) throws IOException, InterruptedException {
        if (!desk.anything()) {
            return true;
        }
        before.exchange();
        boolean goOn = obey();
        before.exchange();
        return goOn;
    }

    private void checkpointIf(ControlDesk.Wishes wishes) throws IOException {
        if (wishes.checkpoint()) {
            deeds.checkpoint();
        }
    }
}

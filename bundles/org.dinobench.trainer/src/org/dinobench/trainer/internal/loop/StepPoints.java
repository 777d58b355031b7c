package org.dinobench.trainer.internal.loop;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.dinobench.core.problem.StoppedException;

/** The moments within a step at which something else may be done; the step's engine tells of them. */
final class StepPoints implements Runnable {
    private Attention attention;

    /** What is done at such a moment. */
    @FunctionalInterface
    interface Attention {
        /** @return whether the step goes on */
        boolean give() throws IOException, InterruptedException;
    }

    /** Ends a step that is not to be finished. */
    static final class GivenUp extends RuntimeException {
        private static final long serialVersionUID = 1L;

        GivenUp() {
            super("The step was given up on request", null, false, false);
        }
    }

    /** A step begins. */
    void during(Attention each) {
        attention = each;
    }

    /** The step is over: the networks are used for something else now. */
    void outside() {
        attention = null;
    }

    @Override
    public void run() {
        if (attention == null) {
            return;
        }
        try {
            if (!attention.give()) {
                throw new GivenUp();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException("The run was interrupted; it can be resumed");
        }
    }
}

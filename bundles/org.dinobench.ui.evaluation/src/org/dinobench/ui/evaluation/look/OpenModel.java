package org.dinobench.ui.evaluation.look;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.ui.common.workspace.ModelSource;
import org.eclipse.core.runtime.ILog;
import org.eclipse.swt.widgets.Display;

/**
 * One chosen model, opened when it is first asked and closed with its owner. All work happens on one thread of its own;
 * a question that was overtaken by a newer one is not answered.
 */
final class OpenModel {
    /** A question to a model. */
    @FunctionalInterface
    interface Question<T> {
        T ask(ModelEye eye) throws IOException;
    }

    private final Display display;
    private volatile ModelEye.Opener opener;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(r -> {
        Thread made = new Thread(r, "model-eye"); // $NON-NLS-1$
        made.setDaemon(true);
        return made;
    });
    private final AtomicLong latest = new AtomicLong();
    private ModelSource open;
    private ModelEye eye;

    OpenModel(Display display, ModelEye.Opener opener) {
        this.display = display;
        this.opener = opener;
    }

    /** Models that are opened from now on are opened in another way. */
    void openBy(ModelEye.Opener other) {
        opener = other;
    }

    /**
     * Asks the model, opening it first.
     *
     * @param answer gets the answer and an empty text, or null and the reason why there is none; on the UI thread
     */
    <T> void ask(ModelSource source, Question<T> question, BiConsumer<T, String> answer) {
        long number = latest.incrementAndGet();
        try {
            thread.execute(() -> {
                if (number != latest.get()) {
                    return;
                }
                T result = null;
                String problem = ""; // $NON-NLS-1$
                try {
                    result = question.ask(eye(source));
                } catch (IOException | BadInputException e) {
                    problem = e.getMessage();
                } catch (RuntimeException e) {
                    ILog.of(OpenModel.class).error("The model could not look at an image", e); // $NON-NLS-1$
                    problem = String.valueOf(e.getMessage());
                }
                tell(number, answer, result, problem);
            });
        } catch (RejectedExecutionException e) {
            // the view is closed; nobody waits for the answer
            ILog.of(OpenModel.class).info("A question came after the view was closed"); // $NON-NLS-1$
        }
    }

    private <T> void tell(long number, BiConsumer<T, String> answer, T result, String problem) {
        if (!display.isDisposed()) {
            display.asyncExec(() -> {
                if (number == latest.get()) {
                    answer.accept(result, problem);
                }
            });
        }
    }

    private ModelEye eye(ModelSource source) throws IOException {
        if (eye == null || !source.equals(open)) {
            closeEye();
            eye = opener.open(source.path());
            open = source;
        }
        return eye;
    }

    private void closeEye() {
        if (eye != null) {
            eye.close();
            eye = null;
            open = null;
        }
    }

    void close() {
        latest.incrementAndGet();
        thread.execute(this::closeEye);
        thread.shutdown();
    }
}

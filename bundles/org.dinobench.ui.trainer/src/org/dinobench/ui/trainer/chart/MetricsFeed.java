package org.dinobench.ui.trainer.chart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dinobench.core.metrics.MetricsRow;
import org.dinobench.core.metrics.MetricsTail;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.ui.common.chart.LineSeries;

/** Follows the metrics file of a run on a thread of its own and keeps its numbers as series. */
final class MetricsFeed {
    private static final long PERIOD_MILLIS = 500;

    private final MetricsTail tail;
    private final Runnable onNews;
    private final Map<String, LineSeries> series = new LinkedHashMap<>();
    private volatile boolean stopped;
    private volatile String problem = ""; // $NON-NLS-1$
    private volatile boolean readOnce;

    MetricsFeed(Path metrics, Runnable onNews) {
        this.tail = new MetricsTail(metrics);
        this.onNews = onNews;
    }

    void start() {
        Thread thread = new Thread(this::run, "metrics"); // $NON-NLS-1$
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY + 1);
        thread.start();
    }

    void stop() {
        stopped = true;
    }

    /** {@return the series in the order in which they first appeared} */
    List<LineSeries> series() {
        synchronized (series) {
            return new ArrayList<>(series.values());
        }
    }

    /** {@return why the file cannot be read, empty when it can} */
    String problem() {
        return problem;
    }

    /** {@return whether the file was looked at} */
    boolean readOnce() {
        return readOnce;
    }

    private void run() {
        boolean first = true;
        while (!stopped) {
            boolean news = false;
            try {
                news = poll();
                problem = ""; // $NON-NLS-1$
            } catch (IOException | BadInputException e) {
                news = !e.getMessage().equals(problem);
                problem = e.getMessage();
            }
            readOnce = true;
            if ((news || first) && !stopped) {
                onNews.run();
            }
            first = false;
            try {
                Thread.sleep(PERIOD_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private boolean poll() throws IOException {
        boolean news = false;
        MetricsTail.Batch batch = tail.poll();
        while (!stopped && (batch.restarted() || !batch.rows().isEmpty())) {
            news = true;
            if (batch.restarted()) {
                synchronized (series) {
                    series.clear();
                }
            }
            batch.rows().forEach(this::add);
            batch = tail.poll();
        }
        return news;
    }

    private void add(MetricsRow row) {
        row.values().forEach((name, value) -> {
            LineSeries one;
            synchronized (series) {
                one = series.computeIfAbsent(name, LineSeries::new);
            }
            one.append(row.step(), value);
        });
    }
}

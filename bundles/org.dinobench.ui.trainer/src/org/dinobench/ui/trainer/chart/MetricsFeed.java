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
public final class MetricsFeed {
    private static final long PERIOD_MILLIS = 500;

    private final MetricsTail tail;
    private final XAxis axis;
    private final String run;
    private final Runnable onNews;
    private final Map<String, LineSeries> series = new LinkedHashMap<>();
    private double start = Double.NaN;
    private volatile boolean stopped;
    private volatile String problem = ""; // $NON-NLS-1$
    private volatile boolean readOnce;

    /**
     * A feed that is not yet started.
     *
     * @param metrics the file, which may not exist yet
     * @param axis what x counts
     * @param run put behind the names of series to tell runs apart, empty for one run alone
     * @param onNews called on the feed's thread after each look that found something, and after the first
     */
    public MetricsFeed(Path metrics, XAxis axis, String run, Runnable onNews) {
        this.tail = new MetricsTail(metrics);
        this.axis = axis;
        this.run = run;
        this.onNews = onNews;
    }

    /** Starts to read. */
    public void start() {
        Thread thread = new Thread(this::run, "metrics"); // $NON-NLS-1$
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY + 1);
        thread.start();
    }

    /** Ends it; no call comes after the one that may be underway. */
    public void stop() {
        stopped = true;
    }

    /** {@return series by their keys, in the order in which they first appeared} */
    public Map<String, LineSeries> byKey() {
        synchronized (series) {
            return new LinkedHashMap<>(series);
        }
    }

    /** {@return the series of a group of numbers} */
    List<LineSeries> of(SeriesGroup group) {
        List<LineSeries> found = new ArrayList<>();
        byKey().forEach((key, one) -> {
            if (group.holds(key)) {
                found.add(one);
            }
        });
        return found;
    }

    /** {@return why the file cannot be read, empty when it can} */
    public String problem() {
        return problem;
    }

    /** {@return whether the file was looked at} */
    public boolean readOnce() {
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
                start = Double.NaN;
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
        if (Double.isNaN(start)) {
            start = row.time();
        }
        double x = axis.of(row, start);
        row.values().forEach((name, value) -> {
            LineSeries one;
            synchronized (series) {
                one = series.computeIfAbsent(
                        name, n -> new LineSeries(run.isEmpty() ? n : n + " \u00b7 " + run)); // $NON-NLS-1$
            }
            one.append(x, value);
        });
    }
}

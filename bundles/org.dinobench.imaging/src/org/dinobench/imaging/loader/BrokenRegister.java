package org.dinobench.imaging.loader;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.core.problem.BadInputException;

/** The broken images met so far, each told once to the monitor. Thread-safe. */
final class BrokenRegister {
    private static final int LISTED = 20;

    private final TreeMap<Integer, BrokenImage> broken = new TreeMap<>();
    private final int total;
    private final double maxShare;
    private final JobMonitor monitor;

    BrokenRegister(int total, double maxShare, JobMonitor monitor) {
        this.total = total;
        this.maxShare = maxShare;
        this.monitor = monitor;
    }

    synchronized boolean contains(int index) {
        return broken.containsKey(index);
    }

    /** @throws BadInputException when more images are broken than the set share allows */
    synchronized void add(BrokenImage image) {
        if (broken.putIfAbsent(image.index(), image) == null) {
            monitor.message("Skipped " + image.problem());
        }
        if (broken.size() > maxShare * total) {
            throw new BadInputException(
                    "images",
                    broken.size() + " of " + total + " are broken, more than the share of " + maxShare
                            + " that is allowed: " + listed(),
                    "repair or remove them, or allow a larger share");
        }
    }

    synchronized List<BrokenImage> list() {
        return new ArrayList<>(broken.values());
    }

    private String listed() {
        StringBuilder text = new StringBuilder();
        broken.values().stream().limit(LISTED).forEach(b -> text.append(text.isEmpty() ? "" : "; ")
                .append(b.problem()));
        if (broken.size() > LISTED) {
            text.append("; and ").append(broken.size() - LISTED).append(" more");
        }
        return text.toString();
    }
}

package org.dinobench.ui.common.prefs;

import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.preferences.IEclipsePreferences;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.osgi.service.prefs.BackingStoreException;

/** The person's settings, kept with the workspace. */
public final class Settings {
    /** Threads that decode thumbnails, where nothing else was chosen. */
    public static final int DEFAULT_THREADS =
            Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors() - 1));

    /** Edge of a thumbnail in points, where nothing else was chosen. */
    public static final int DEFAULT_CELL = 112;

    private static final String NODE = "org.dinobench.ui.common"; // $NON-NLS-1$
    private static final String THREADS = "threads"; // $NON-NLS-1$
    private static final String WELCOMED = "welcomed"; // $NON-NLS-1$
    private static final String CELL = "thumbnails.size"; // $NON-NLS-1$

    private Settings() {}

    /** {@return threads that decode thumbnails} */
    public static int threads() {
        return node().getInt(THREADS, DEFAULT_THREADS);
    }

    /**
     * Sets the number of threads that decode thumbnails.
     *
     * @param value at least 1
     */
    public static void setThreads(int value) {
        node().putInt(THREADS, value);
        flush();
    }

    /** {@return edge of a thumbnail in points} */
    public static int cellSize() {
        return node().getInt(CELL, DEFAULT_CELL);
    }

    /**
     * Sets the edge of a thumbnail.
     *
     * @param points the edge
     */
    public static void setCellSize(int points) {
        node().putInt(CELL, points);
        flush();
    }

    /** {@return true the first time that it is asked in a workspace} */
    public static boolean firstTime() {
        boolean first = !node().getBoolean(WELCOMED, false);
        if (first) {
            node().putBoolean(WELCOMED, true);
            flush();
        }
        return first;
    }

    private static IEclipsePreferences node() {
        return InstanceScope.INSTANCE.getNode(NODE);
    }

    private static void flush() {
        try {
            node().flush();
        } catch (BackingStoreException e) {
            ILog.of(Settings.class).warn("Settings could not be kept", e); // $NON-NLS-1$
        }
    }
}

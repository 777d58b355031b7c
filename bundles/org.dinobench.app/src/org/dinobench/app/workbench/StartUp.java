package org.dinobench.app.workbench;

import java.lang.management.ManagementFactory;
import org.dinobench.app.workbench.tour.ScreenshotTour;

/** Switches for measuring the start, set as system properties. */
final class StartUp {
    /** Prints the milliseconds from the start of the JVM until the window is up. */
    static final String REPORT = "dinobench.startup.report"; // $NON-NLS-1$

    /** Closes the workbench as soon as it is up. */
    static final String EXIT = "dinobench.exit.after.start"; // $NON-NLS-1$

    private StartUp() {}

    /** {@return whether nobody watches, so that no dialog may wait for an answer} */
    static boolean automatic() {
        return exitAfterStart() || report() || ScreenshotTour.wanted().isPresent();
    }

    static boolean report() {
        return isSet(REPORT);
    }

    static boolean exitAfterStart() {
        return isSet(EXIT);
    }

    static long millisSinceStart() {
        return System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    }

    private static boolean isSet(String property) {
        String value = System.getProperty(property);
        return value != null && !"false".equals(value); // $NON-NLS-1$
    }
}

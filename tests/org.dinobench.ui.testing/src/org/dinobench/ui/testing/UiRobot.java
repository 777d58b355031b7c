package org.dinobench.ui.testing;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;

/**
 * Drives the workbench from its own UI thread: sends events as a keyboard and a mouse would, and lets the event loop
 * run while it waits. It measures how long each turn of the loop takes.
 */
public final class UiRobot {
    private static final long PATIENCE_MILLIS = 20_000;

    private final Display display;
    private final List<Double> turnsMillis = new ArrayList<>();
    private double worstCpuMillis;

    /** @param display the display whose thread calls this robot */
    public UiRobot(Display display) {
        this.display = display;
    }

    /** Lets the event loop run until a condition holds. @throws AssertionError when it does not within 20 seconds */
    public void waitUntil(String what, BooleanSupplier condition) {
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (!condition.getAsBoolean()) {
            if (System.currentTimeMillis() > end) {
                throw new AssertionError("Waited in vain: " + what);
            }
            turn();
        }
    }

    /**
     * Lets the event loop run for a time, and until nothing is waiting: GTK puts drawing before everything else, so that
     * on a slow machine the rest may come late.
     */
    public void settle(long millis) {
        long end = System.currentTimeMillis() + millis;
        long patience = end + PATIENCE_MILLIS;
        boolean idle = false;
        while ((System.currentTimeMillis() < end || !idle) && System.currentTimeMillis() < patience) {
            idle = !turn();
        }
    }

    /** Handles everything that is waiting now. */
    public void handleAll() {
        while (dispatch()) {
            // each turn is measured in dispatch
        }
    }

    private boolean turn() {
        boolean something = dispatch();
        if (!something) {
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("The test was interrupted", e);
            }
        }
        return something;
    }

    private boolean dispatch() {
        long start = System.nanoTime();
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        boolean more = display.readAndDispatch();
        turnsMillis.add((System.nanoTime() - start) / 1e6);
        worstCpuMillis =
                Math.max(worstCpuMillis, (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e6);
        return more;
    }

    /** Forgets the turns measured so far. */
    public void startMeasuring() {
        turnsMillis.clear();
        worstCpuMillis = 0;
    }

    /** The longest turn of the event loop in milliseconds of this thread's own work. */
    public double worstCpuMillis() {
        return worstCpuMillis;
    }

    /** The longest turn of the event loop in milliseconds of the clock; others on the machine count too. */
    public double worstMillis() {
        return turnsMillis.stream().mapToDouble(d -> d).max().orElse(0);
    }

    /** The duration in milliseconds that all but a share of turns keep. */
    public double percentileMillis(double share) {
        List<Double> sorted = turnsMillis.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.min(sorted.size() - 1.0, sorted.size() * share));
    }

    /**
     * Whether others leave enough of the machine for the clock to tell something about this program; says so when not.
     */
    public static boolean machineIsCalm() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        int cores = Runtime.getRuntime().availableProcessors();
        if (load > cores * 1.5) {
            System.out.printf("The clock is not judged: load %.1f on %d cores; CPU time is.%n", load, cores);
        }
        return load <= cores * 1.5;
    }

    /** Presses a key in a control. @param key an SWT key code, or a character */
    public void key(Control control, int key, int modifiers) {
        Event event = new Event();
        event.keyCode = key;
        event.character = key < 0x10000 ? (char) key : 0;
        event.stateMask = modifiers;
        event.doit = true;
        control.notifyListeners(SWT.KeyDown, event);
        handleAll();
    }

    /** Clicks into a control. */
    public void click(Control control, int x, int y, int modifiers) {
        mouse(control, SWT.MouseDown, x, y, modifiers);
        mouse(control, SWT.MouseUp, x, y, modifiers | SWT.BUTTON1);
        handleAll();
    }

    /** Clicks twice into a control. */
    public void doubleClick(Control control, int x, int y) {
        click(control, x, y, 0);
        mouse(control, SWT.MouseDoubleClick, x, y, 0);
        handleAll();
    }

    /** Moves the mouse over a control. */
    public void move(Control control, int x, int y) {
        mouse(control, SWT.MouseMove, x, y, 0);
        handleAll();
    }

    private void mouse(Control control, int type, int x, int y, int modifiers) {
        Event event = new Event();
        event.x = x;
        event.y = y;
        event.button = type == SWT.MouseMove ? 0 : 1;
        event.stateMask = modifiers;
        event.count = 1;
        control.notifyListeners(type, event);
    }

    /** Presses a button. */
    public void press(Button button) {
        button.notifyListeners(SWT.Selection, new Event());
        handleAll();
    }

    /** Types a text into a field, replacing what is there. */
    public void type(Text field, String text) {
        field.setText(text);
        handleAll();
    }

    /** The first control below a composite that fits, in the order in which they were made. */
    public static <T extends Control> Optional<T> find(Composite parent, Class<T> type, Predicate<T> fits) {
        for (Control child : parent.getChildren()) {
            if (type.isInstance(child) && fits.test(type.cast(child))) {
                return Optional.of(type.cast(child));
            }
            if (child instanceof Composite composite) {
                Optional<T> inside = find(composite, type, fits);
                if (inside.isPresent()) {
                    return inside;
                }
            }
        }
        return Optional.empty();
    }

    /** A button by its text without the mnemonic. */
    public static Button button(Shell shell, String text) {
        return find(shell, Button.class, b -> b.getText().replace("&", "").equals(text))
                .orElseThrow(() -> new AssertionError("There is no button " + text));
    }
}

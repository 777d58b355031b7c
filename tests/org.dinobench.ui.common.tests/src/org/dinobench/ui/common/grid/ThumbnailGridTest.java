package org.dinobench.ui.common.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.dinobench.ui.testing.Screenshots;
import org.dinobench.ui.testing.UiRobot;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.PaletteData;
import org.eclipse.swt.graphics.RGB;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ThumbnailGridTest {
    private static final int MANY = 100_000;
    private static final double STALL_MILLIS = 100;

    private final AtomicInteger decoded = new AtomicInteger();
    private UiRobot robot;
    private Shell shell;
    private ThumbnailGrid grid;

    @BeforeEach
    void open() {
        Display display = Display.getCurrent();
        robot = new UiRobot(display);
        shell = new Shell(display);
        shell.setLayout(new FillLayout());
        grid = new ThumbnailGrid(shell, SWT.NONE, this::draw, 2);
        grid.setModel(new Numbers(MANY));
        shell.setSize(1200, 800);
        shell.open();
        robot.waitUntil("first page", () -> decoded.get() > 0 && grid.settled());
        robot.settle(100);
    }

    @AfterEach
    void close() {
        shell.dispose();
        robot.handleAll();
    }

    private ImageData draw(Object key, int size) throws IOException {
        int number = (Integer) key;
        if (number % 1000 == 999) {
            throw new IOException("broken on purpose");
        }
        decoded.incrementAndGet();
        ImageData data = new ImageData(size, size, 24, new PaletteData(0xFF0000, 0xFF00, 0xFF));
        int color = new java.awt.Color(java.awt.Color.HSBtoRGB(number / 37f, 0.5f, 0.9f)).getRGB() & 0xFFFFFF;
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                data.setPixel(x, y, (x / 8 + y / 8) % 2 == 0 ? color : 0xFFFFFF);
            }
        }
        return data;
    }

    @Test
    void scrollingThroughAHundredThousandPicturesNeverHoldsTheWindow() throws IOException {
        int height = grid.geometry().height();
        robot.startMeasuring();
        for (int i = 0; i <= 200; i++) {
            grid.scrollTo((int) ((long) height * i / 200));
            robot.settle(15);
        }
        // small steps too, as a wheel makes them
        for (int i = 0; i < 100; i++) {
            grid.scrollTo(grid.top() - 60);
            robot.settle(10);
        }
        System.out.printf(
                "grid of %,d: longest turn %.1f ms of CPU, %.1f ms of the clock, 99 %% below %.1f ms%n",
                MANY, robot.worstCpuMillis(), robot.worstMillis(), robot.percentileMillis(0.99));
        assertTrue(robot.worstCpuMillis() < STALL_MILLIS, "a turn took " + robot.worstCpuMillis() + " ms of CPU");
        if (UiRobot.machineIsCalm()) {
            assertTrue(robot.worstMillis() < STALL_MILLIS, "a turn took " + robot.worstMillis() + " ms");
        }
        Screenshots.take(grid, "grid-100000");
    }

    @Test
    void onlyWhatIsNearTheWindowIsDecoded() {
        int page = grid.geometry().columns()
                * (shell.getClientArea().height / grid.geometry().rowHeight() + 2);
        assertTrue(decoded.get() <= 3 * page, decoded.get() + " pictures decoded for a page of " + page);
    }

    @Test
    void theCacheStaysBounded() {
        int height = grid.geometry().height();
        for (int i = 0; i < 150; i++) {
            grid.scrollTo((int) ((long) height * i / 150));
            robot.waitUntil("pictures of step " + i, grid::settled);
        }
        assertTrue(grid.cachedBytes() <= 200L << 20, grid.cachedBytes() + " bytes are kept");
    }

    @Test
    void theKeyboardMovesSelectsAndOpens() {
        grid.setFocus();
        int columns = grid.geometry().columns();
        robot.key(grid, SWT.ARROW_DOWN, 0);
        robot.key(grid, SWT.ARROW_DOWN, 0);
        robot.key(grid, SWT.ARROW_RIGHT, 0);
        assertEquals(List.of(columns + 1), grid.getStructuredSelection().toList());
        robot.key(grid, SWT.ARROW_RIGHT, SWT.SHIFT);
        assertEquals(
                List.of(columns + 1, columns + 2), grid.getStructuredSelection().toList());
        robot.key(grid, SWT.END, 0);
        assertEquals(List.of(MANY - 1), grid.getStructuredSelection().toList());
        assertTrue(grid.top() > 0, "the end was not scrolled into sight");
        AtomicInteger opened = new AtomicInteger(-1);
        grid.onOpen(element -> opened.set((Integer) element));
        robot.key(grid, SWT.CR, 0);
        assertEquals(MANY - 1, opened.get());
        int before = grid.cellSize();
        robot.key(grid, '+', 0);
        assertTrue(grid.cellSize() > before, "plus did not zoom in");
    }

    @Test
    void clicksSelectAndPublishTheSelection() {
        AtomicInteger events = new AtomicInteger();
        grid.addSelectionChangedListener(e -> events.incrementAndGet());
        var third = grid.geometry().cellAt(2);
        robot.click(grid, third.x + 5, third.y + 5, 0);
        var fifth = grid.geometry().cellAt(4);
        robot.click(grid, fifth.x + 5, fifth.y + 5, SWT.MOD1);
        assertEquals(List.of(2, 4), grid.getStructuredSelection().toList());
        assertEquals(2, events.get());
        grid.setSelection(new StructuredSelection(MANY / 2));
        assertEquals(List.of(MANY / 2), grid.getStructuredSelection().toList());
        assertTrue(grid.top() > 0, "the selected cell was not scrolled into sight");
    }

    @Test
    void brokenPicturesAreMarkedAndDoNotStopTheOthers() throws IOException {
        grid.scrollTo(grid.geometry().cellAt(999).y - 100);
        robot.waitUntil("page around a broken picture", grid::settled);
        robot.settle(50);
        var cell = grid.geometry().cellAt(999);
        ImageData data = Screenshots.take(grid, "grid-broken");
        RGB middle =
                data.palette.getRGB(data.getPixel(cell.x + cell.width / 2, cell.y - grid.top() + grid.cellSize() / 2));
        assertTrue(
                middle.red > middle.green && middle.red > middle.blue, "no red mark on the broken picture: " + middle);
    }

    private record Numbers(int size) implements GridModel {
        @Override
        public Object element(int index) {
            return index;
        }

        @Override
        public Object pictureKey(int index) {
            return index;
        }

        @Override
        public String caption(int index) {
            return "image " + index;
        }

        @Override
        public CellMark mark(int index) {
            return new CellMark(index % 10, index % 7 == 0, index % 5 == 0 ? "\u2248" : "");
        }
    }
}

package org.dinobench.ui.evaluation.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.dinobench.ui.common.parts.Words;
import org.dinobench.ui.common.theme.Fonts;
import org.dinobench.ui.common.theme.Palette;
import org.dinobench.ui.evaluation.Messages;
import org.dinobench.ui.evaluation.model.EvaluationReport;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Composite;

/** The numbers at the top of a report, large. */
final class Tiles extends ReportPart {
    private static final int LEAST = 132;
    private static final int MOST = 190;
    private static final int HEIGHT = 68;
    private static final int GAP = 10;

    private record Tile(String value, String name) {}

    private final Fonts fonts = new Fonts(this);
    private final List<Tile> tiles = new ArrayList<>();

    Tiles(Composite parent, EvaluationReport report) {
        super(parent);
        report.model().ifPresent(m -> tiles.add(new Tile(Words.percent(m.accuracy()), Messages.Tile_Best)));
        Map<String, Double> numbers = report.numbers();
        count(numbers, "images", Messages.Tile_Images); // $NON-NLS-1$
        count(numbers, "kept", Messages.Tile_Kept); // $NON-NLS-1$
        count(numbers, "identical_pairs", Messages.Tile_Identical); // $NON-NLS-1$
        count(numbers, "near_pairs", Messages.Tile_NearPairs); // $NON-NLS-1$
        count(numbers, "training.steps", Messages.Tile_Steps); // $NON-NLS-1$
        Double seconds = numbers.get("training.seconds"); // $NON-NLS-1$
        if (seconds != null) {
            tiles.add(
                    new Tile(Words.duration(java.time.Duration.ofSeconds(Math.round(seconds))), Messages.Tile_Minutes));
        }
    }

    private void count(Map<String, Double> numbers, String key, String name) {
        Double value = numbers.get(key);
        if (value != null) {
            tiles.add(new Tile(Words.count(Math.round(value)), name));
        }
    }

    private int columns(int width) {
        return Math.max(1, Math.min(tiles.size(), (width + GAP) / (LEAST + GAP)));
    }

    @Override
    int heightFor(int width) {
        int columns = columns(width);
        int rows = (tiles.size() + columns - 1) / columns;
        return tiles.isEmpty() ? 0 : rows * (HEIGHT + GAP) - GAP + 1;
    }

    @Override
    void paint(GC gc, Palette palette, Rectangle area) {
        int columns = columns(area.width);
        int wide = Math.min(MOST, (area.width + GAP) / columns - GAP);
        for (int i = 0; i < tiles.size(); i++) {
            int x = (i % columns) * (wide + GAP);
            int y = (i / columns) * (HEIGHT + GAP);
            gc.setBackground(palette.card());
            gc.fillRoundRectangle(x, y, wide, HEIGHT, 10, 10);
            gc.setForeground(palette.line());
            gc.drawRoundRectangle(x, y, wide - 1, HEIGHT - 1, 10, 10);
            gc.setForeground(i == 0 ? palette.accent() : palette.text());
            gc.setFont(fonts.title());
            gc.drawText(tiles.get(i).value(), x + 12, y + 8, true);
            gc.setForeground(palette.subtle());
            gc.setFont(fonts.caption());
            gc.drawText(tiles.get(i).name(), x + 12, y + HEIGHT - 24, true);
        }
    }
}

package org.dinobench.trainer.shard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dinobench.core.io.AtomicFiles;

/**
 * A timeline as a picture: computation above, messages below, waiting in red. Every bar tells its name and length when the
 * pointer rests on it.
 */
public final class TimelineDrawing {
    private static final int WIDTH = 1600;
    private static final int MARGIN = 110;
    private static final int BAR = 26;
    /** Colours by the first words of a name that fit; the last is for everything else. */
    private static final List<Map.Entry<String, String>> COLOURS = List.of(
            Map.entry("teacher forward", "#8da0cb"),
            Map.entry("student forward", "#66c2a5"),
            Map.entry("student backward", "#fc8d62"),
            Map.entry("optimizer", "#a6761d"),
            Map.entry("moving average", "#e6ab02"),
            Map.entry("gather", "#4575b4"),
            Map.entry("sum", "#d95f0e"),
            Map.entry("wait", "#d7191c"),
            Map.entry("", "#bdbdbd"));

    private TimelineDrawing() {}

    /**
     * Writes the picture.
     *
     * @param spans at least one
     * @param title what was measured, and by which rank
     * @param file SVG
     */
    public static void write(List<Timeline.Span> spans, String title, Path file) throws IOException {
        long from = spans.stream().mapToLong(Timeline.Span::from).min().orElseThrow();
        long to = spans.stream().mapToLong(Timeline.Span::to).max().orElseThrow();
        double scale = (double) WIDTH / Math.max(1, to - from);
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"190\" font-family=\"sans-serif\""
                        + " font-size=\"13\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n"
                        + "<text x=\"10\" y=\"20\">%s: %.1f ms</text>%n",
                WIDTH + MARGIN + 20,
                escaped(title),
                (to - from) / 1e6));
        for (Timeline.Track track : Timeline.Track.values()) {
            int y = 40 + 40 * track.ordinal();
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"10\" y=\"%d\">%s</text>%n",
                    y + 18,
                    track.name().toLowerCase(Locale.ROOT)));
            for (Timeline.Span span : spans) {
                if (span.track() == track) {
                    svg.append(bar(span, from, scale, y));
                }
            }
        }
        legend(svg);
        svg.append("</svg>\n");
        AtomicFiles.write(file, out -> out.write(svg.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static String bar(Timeline.Span span, long start, double scale, int y) {
        return String.format(
                Locale.ROOT,
                "<rect x=\"%.2f\" y=\"%d\" width=\"%.2f\" height=\"%d\" fill=\"%s\"><title>%s: %.3f"
                        + " ms</title></rect>%n",
                MARGIN + (span.from() - start) * scale,
                y,
                Math.max(0.4, (span.to() - span.from()) * scale),
                BAR,
                colour(span.name()),
                escaped(span.name()),
                (span.to() - span.from()) / 1e6);
    }

    private static void legend(StringBuilder svg) {
        int x = MARGIN;
        for (Map.Entry<String, String> entry : COLOURS) {
            String name = entry.getKey().isEmpty() ? "other" : entry.getKey();
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%d\" y=\"140\" width=\"14\" height=\"14\" fill=\"%s\"/><text x=\"%d\""
                            + " y=\"152\">%s</text>%n",
                    x,
                    entry.getValue(),
                    x + 19,
                    name));
            x += 150;
        }
    }

    private static String colour(String name) {
        return COLOURS.stream()
                .filter(entry -> name.startsWith(entry.getKey()))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}

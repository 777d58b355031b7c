package org.dinobench.ui.common.chart;

import java.awt.Dimension;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.dinobench.core.io.AtomicFiles;
import org.jfree.chart.JFreeChart;

/** Writes charts as pictures and their series as tables. */
final class ChartExport {
    private static final int WIDTH = 1200;
    private static final int HEIGHT = 700;

    private ChartExport() {}

    static void png(JFreeChart chart, Path file) throws IOException {
        BufferedImage image = chart.createBufferedImage(WIDTH, HEIGHT);
        AtomicFiles.write(file, out -> ImageIO.write(image, "png", out)); // $NON-NLS-1$
    }

    static void svg(JFreeChart chart, Path file) throws IOException {
        SVGGraphics2D graphics;
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            graphics = new SVGGraphics2D(factory.newDocumentBuilder().newDocument());
        } catch (ParserConfigurationException e) {
            throw new IOException(e.getMessage(), e);
        }
        graphics.setSVGCanvasSize(new Dimension(WIDTH, HEIGHT));
        chart.draw(graphics, new Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
        AtomicFiles.write(file, out -> {
            OutputStreamWriter writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            graphics.stream(writer, true);
            writer.flush();
        });
    }

    /** One row for each x that any series has; what a series lacks stays empty. All points, unsmoothed. */
    static void csv(String xName, List<LineSeries> series, Path file) throws IOException {
        List<Points> all = series.stream().map(LineSeries::points).toList();
        TreeSet<Double> positions = new TreeSet<>();
        for (Points points : all) {
            for (int i = 0; i < points.size(); i++) {
                positions.add(points.x()[i]);
            }
        }
        int[] at = new int[all.size()];
        AtomicFiles.write(file, out -> {
            OutputStreamWriter writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            writer.write(quoted(xName));
            for (LineSeries one : series) {
                writer.write("," + quoted(one.name())); // $NON-NLS-1$
            }
            writer.write('\n');
            for (double x : positions) {
                writer.write(number(x));
                for (int s = 0; s < at.length; s++) {
                    Points points = all.get(s);
                    boolean here = at[s] < points.size() && points.x()[at[s]] == x;
                    writer.write(here ? "," + number(points.y()[at[s]++]) : ","); // $NON-NLS-1$ //$NON-NLS-2$
                }
                writer.write('\n');
            }
            writer.flush();
        });
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.format(Locale.ROOT, "%.0f", value) // $NON-NLS-1$
                : Double.toString(value);
    }

    private static String quoted(String text) {
        return text.matches("[\\w. \u00b7-]*") // $NON-NLS-1$
                ? text
                : '"' + text.replace("\"", "\"\"") + '"'; // $NON-NLS-1$ //$NON-NLS-2$
    }
}

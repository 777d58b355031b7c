package org.dinobench.evaluation.report;

import java.awt.Dimension;
import java.awt.geom.Rectangle2D;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGGraphics2DIOException;
import org.jfree.chart.JFreeChart;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Draws a chart into an {@code <svg>} element that scales with its place and takes its colours from the page. */
final class SvgRenderer {
    private static final List<String> PAINTS = List.of("fill", "stroke");
    private static final Map<String, String> VARIABLES = ChartTheme.variables();

    private SvgRenderer() {}

    /**
     * @param width units of the drawing; text of 12 units is 12 pixels when the chart is shown at this width
     * @param description what the chart shows, for people who cannot see it
     */
    static SvgChart draw(JFreeChart chart, int width, int height, String description) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            Document document = factory.newDocumentBuilder().newDocument();
            SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
            context.setComment(null);
            context.setPrecision(2);
            SVGGraphics2D graphics = new SVGGraphics2D(context, false);
            graphics.setSVGCanvasSize(new Dimension(width, height));
            chart.draw(graphics, new Rectangle2D.Double(0, 0, width, height));
            Element root = graphics.getRoot();
            root.setAttribute("viewBox", "0 0 " + width + " " + height);
            root.removeAttribute("width");
            root.removeAttribute("height");
            root.setAttribute("role", "img");
            root.setAttribute("aria-label", description);
            String prefix = "c" + Integer.toHexString(description.hashCode()) + "-" + width + "x" + height + "-";
            adapt(root, prefix);
            StringWriter out = new StringWriter();
            graphics.stream(root, out, false, false);
            String text = out.toString();
            return new SvgChart(text.substring(text.indexOf("<svg"))
                    .replaceAll("\\s*\\n\\s*", " ")
                    .replace(" >", ">"));
        } catch (ParserConfigurationException | SVGGraphics2DIOException problem) {
            throw new IllegalStateException("The chart could not be written as SVG", problem);
        }
    }

    /**
     * Fixed colours become variables, the font becomes the page's, and names of clip paths become the chart's own, as
     * several charts share a page.
     */
    private static void adapt(Element element, String prefix) {
        StringBuilder style = new StringBuilder();
        for (String paint : PAINTS) {
            String variable = VARIABLES.get(element.getAttribute(paint));
            if (variable != null) {
                element.removeAttribute(paint);
                style.append(paint).append(':').append(variable).append(';');
            }
        }
        if (style.length() > 0) {
            element.setAttribute("style", style + element.getAttribute("style"));
        }
        if (!element.getAttribute("font-family").isEmpty()) {
            element.setAttribute("font-family", "inherit");
        }
        if (!element.getAttribute("id").isEmpty()) {
            element.setAttribute("id", prefix + element.getAttribute("id"));
        }
        String clip = element.getAttribute("clip-path");
        if (clip.startsWith("url(#")) {
            element.setAttribute("clip-path", "url(#" + prefix + clip.substring(5));
        }
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                adapt(inner, prefix);
            }
        }
    }
}

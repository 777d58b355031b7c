package org.dinobench.evaluation.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.dinobench.core.job.JobMonitor;
import org.dinobench.evaluation.Sets;
import org.dinobench.evaluation.data.LabelledSet;
import org.dinobench.evaluation.data.LeakCheck;
import org.dinobench.evaluation.data.Split;
import org.dinobench.evaluation.knn.KnnEvaluation;
import org.dinobench.evaluation.knn.KnnReport;
import org.dinobench.evaluation.knn.KnnSpec;
import org.dinobench.evaluation.metrics.Interval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
    private static final byte[] PIXEL = {(byte) 0x89, 'P', 'N', 'G'};

    @TempDir
    Path folder;

    @Test
    void isOneFileWithoutScriptsOrOutsideReferences() throws IOException {
        Path file = folder.resolve("report.html");
        full().write(file);
        String html = Files.readString(file);
        assertFalse(html.contains("<script"), "no script");
        String withoutNames =
                html.replace("http://www.w3.org/2000/svg", "").replace("http://www.w3.org/1999/xlink", "");
        assertFalse(withoutNames.contains("http:") || withoutNames.contains("https:"), "nothing is fetched");
        Matcher sources = Pattern.compile("(?:src|href)=\"([^\"]{0,40})").matcher(html);
        while (sources.find()) {
            assertTrue(sources.group(1).startsWith("data:") || sources.group(1).startsWith("#"), sources.group(1));
        }
    }

    @Test
    void textFromOutsideStaysText() {
        HtmlReport report = HtmlReport.titled("<img src=x onerror=alert(1)>", "a & b");
        report.section("S")
                .text("<b>")
                .table("", ReportTable.of(ReportTable.Column.text("<i>")).row("\"<u>\""))
                .pictures(List.of(Picture.png(PIXEL, "\" onload=\"x")), 50, "<s>");
        String html = report.html();
        for (String hostile : List.of("<img src=x", "<b>", "<i>", "<u>", "<s>", "\" onload")) {
            assertFalse(html.contains(hostile), hostile);
        }
        assertTrue(html.contains("a &amp; b"));
    }

    @Test
    void linksOfTheMenuLeadToSections() {
        String html = full().html();
        Matcher links = Pattern.compile("<a href=\"#([^\"]+)\"").matcher(html);
        int found = 0;
        while (links.find()) {
            assertTrue(html.contains("<section id=\"" + links.group(1) + "\""), links.group(1));
            found++;
        }
        assertEquals(4, found);
    }

    @Test
    void chartsAreWellFormedAndShareNoNames() throws Exception {
        String html = full().html();
        Matcher charts = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL).matcher(html);
        Set<String> ids = new HashSet<>();
        int count = 0;
        while (charts.find()) {
            count++;
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(charts.group().getBytes(StandardCharsets.UTF_8)));
            Matcher names = Pattern.compile(" id=\"([^\"]+)\"").matcher(charts.group());
            while (names.find()) {
                assertTrue(ids.add(names.group(1)), "name used twice: " + names.group(1));
            }
        }
        assertTrue(count >= 5, count + " charts");
    }

    @Test
    void chartColoursFollowThePage() {
        String svg = Charts.intervals("accuracy, %", Map.of("model", new Interval(0.5, 0.4, 0.6)))
                .svg();
        assertTrue(svg.contains("var(--c1)") && svg.contains("var(--soft)"), svg);
        assertTrue(svg.contains("aria-label=\"accuracy, %: model 50.0 % (40.0 to 60.0)\""), svg);
    }

    @Test
    void aLeakIsShownInRed() {
        LabelledSet set = Sets.balanced(20, 20);
        Split same = Split.of(
                "everything on both sides",
                java.util.stream.IntStream.range(0, 40).toArray(),
                java.util.stream.IntStream.range(0, 40).toArray());
        KnnReport knn = new KnnEvaluation(set, same, KnnSpec.smallSet(), LeakCheck.Policy.MARK)
                .evaluate("leaky", Sets.clouds(set, 4, 1, 0), JobMonitor.NONE);
        HtmlReport report = HtmlReport.titled("t", "");
        new StandardSections(report).knn(knn, List.of());
        assertTrue(report.html().contains("notice bad\">Leak: 40 of 40 test images"));
    }

    @Test
    void rowsMustFitTheirTable() {
        ReportTable table = ReportTable.of(ReportTable.Column.text("a"), ReportTable.Column.number("b"));
        assertThrows(IllegalArgumentException.class, () -> table.row("only one"));
    }

    private static HtmlReport full() {
        LabelledSet set = Sets.balanced(30, 30);
        KnnReport knn = new KnnEvaluation(set, Split.grouped(set, 0.3, 1), KnnSpec.smallSet(), LeakCheck.Policy.REFUSE)
                .evaluate("clouds", Sets.clouds(set, 8, 2, 1), JobMonitor.NONE);
        HtmlReport report = HtmlReport.titled("Title", "Subtitle").keyNumbers(List.of(new KeyNumber("a", "1", "")));
        StandardSections sections = new StandardSections(report);
        Charts.Line line = new Charts.Line("loss", new double[] {0, 1, 2}, new double[] {3, 2, 1});
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("seed", "0");
        sections.training(List.of(line), List.of(), facts);
        sections.knn(knn, List.of());
        sections.classes("Classes", knn.details(), knn.curves(set));
        sections.provenance(facts, Map.of("Training", Duration.ofSeconds(61)));
        return report;
    }
}

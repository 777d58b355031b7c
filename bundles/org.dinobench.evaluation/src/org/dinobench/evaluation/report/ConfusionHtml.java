package org.dinobench.evaluation.report;

import java.util.Locale;
import org.dinobench.evaluation.metrics.ConfusionMatrix;

/** A confusion matrix as a table: counts, tinted by their share of the row. */
final class ConfusionHtml {
    private ConfusionHtml() {}

    static String of(ConfusionMatrix matrix) {
        int n = matrix.classes().size();
        StringBuilder out = new StringBuilder(
                "<div class=\"scroll\"><table class=\"confusion\"><thead><tr><th class=\"axis\">true \u2193"
                        + " &nbsp;called \u2192</th>");
        for (String name : matrix.classes()) {
            out.append("<th scope=\"col\"><span>").append(Html.escape(name)).append("</span></th>");
        }
        out.append("<th scope=\"col\"><span>images</span></th></tr></thead><tbody>");
        for (int t = 0; t < n; t++) {
            int support = matrix.support(t);
            out.append("<tr><th scope=\"row\">")
                    .append(Html.escape(matrix.classes().get(t)))
                    .append("</th>");
            for (int p = 0; p < n; p++) {
                double share = support == 0 ? 0 : matrix.count(t, p) / (double) support;
                out.append(String.format(
                        Locale.ROOT,
                        "<td class=\"%s\" style=\"--s:%.0f%%\" title=\"%.0f %% of %d\">%s</td>",
                        t == p ? "hit" : "miss",
                        100 * share,
                        100 * share,
                        support,
                        matrix.count(t, p) == 0 ? "<i>\u00b7</i>" : Integer.toString(matrix.count(t, p))));
            }
            out.append("<td class=\"sum\">").append(support).append("</td></tr>");
        }
        return out.append("</tbody></table></div>").toString();
    }
}

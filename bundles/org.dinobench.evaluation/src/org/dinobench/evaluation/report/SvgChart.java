package org.dinobench.evaluation.report;

import java.util.Objects;

/**
 * A chart as an inline {@code <svg>} element whose colours follow the page's light or dark setting.
 *
 * @param svg the element's text
 */
public record SvgChart(String svg) {
    /** Rejects null. */
    public SvgChart {
        Objects.requireNonNull(svg, "svg");
    }
}

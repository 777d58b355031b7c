package org.dinobench.ui.trainer.chart;

import java.util.Arrays;
import org.dinobench.ui.common.chart.LineChart;
import org.dinobench.ui.common.theme.Fonts;
import org.dinobench.ui.trainer.Messages;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Scale;

/** What the chart shows and how: group of numbers, smoothing, log axis, whole range. */
final class ChartBar extends Composite {
    private static final int SMOOTH_STEPS = 100;

    private final Label run;
    private final Combo group;
    private final Scale smoothing;
    private final Button log;
    private final Button whole;

    ChartBar(Composite parent) {
        super(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults()
                .numColumns(7)
                .margins(10, 6)
                .spacing(12, 0)
                .applyTo(this);
        run = new Label(this, SWT.NONE);
        run.setFont(new Fonts(this).strong());
        center(run);
        group = new Combo(this, SWT.READ_ONLY | SWT.DROP_DOWN);
        group.setItems(
                Arrays.stream(SeriesGroup.values()).map(SeriesGroup::title).toArray(String[]::new));
        group.select(0);
        center(group);
        Label label = new Label(this, SWT.NONE);
        label.setText(Messages.Chart_Smoothing);
        center(label);
        smoothing = new Scale(this, SWT.HORIZONTAL);
        smoothing.setMaximum(SMOOTH_STEPS);
        smoothing.setSelection(60);
        GridDataFactory.swtDefaults()
                .align(SWT.FILL, SWT.CENTER)
                .hint(140, SWT.DEFAULT)
                .applyTo(smoothing);
        log = new Button(this, SWT.CHECK);
        log.setText(Messages.Chart_Log);
        center(log);
        whole = new Button(this, SWT.PUSH);
        whole.setText(Messages.Chart_WholeRange);
        center(whole);
        Label hint = new Label(this, SWT.RIGHT);
        hint.setText(Messages.Chart_Hint);
        hint.setEnabled(false);
        GridDataFactory.fillDefaults()
                .grab(true, false)
                .align(SWT.END, SWT.CENTER)
                .applyTo(hint);
    }

    private static void center(org.eclipse.swt.widgets.Control control) {
        GridDataFactory.swtDefaults().align(SWT.FILL, SWT.CENTER).applyTo(control);
    }

    void link(LineChart chart, Runnable onGroup) {
        chart.setSmoothing(weight());
        group.addListener(SWT.Selection, e -> {
            chart.showAll();
            onGroup.run();
        });
        smoothing.addListener(SWT.Selection, e -> chart.setSmoothing(weight()));
        log.addListener(SWT.Selection, e -> chart.setLog(log.getSelection()));
        whole.addListener(SWT.Selection, e -> chart.showAll());
    }

    void setRun(String text) {
        run.setText(text);
        requestLayout();
        layout();
    }

    SeriesGroup group() {
        return SeriesGroup.values()[Math.max(0, group.getSelectionIndex())];
    }

    /** Finer near 1, where a small change matters: 0, 0.75 and 0.97 at the left, the middle and near the right end. */
    private double weight() {
        double t = smoothing.getSelection() / (double) SMOOTH_STEPS;
        return Math.min(0.995, 1 - (1 - t) * (1 - t));
    }
}

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
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Scale;

/** What the chart shows and how: group of numbers, axes, smoothing, whole range, export. */
public final class ChartBar extends Composite {
    private static final int SMOOTH_STEPS = 100;

    private final Label run;
    private final Combo group;
    private final Combo axis;
    private final Scale smoothing;
    private final Button log;
    private final Button whole;
    private final Button export;

    ChartBar(Composite parent) {
        super(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults()
                .numColumns(9)
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
        Label over = new Label(this, SWT.NONE);
        over.setText(Messages.Chart_Over);
        center(over);
        axis = new Combo(this, SWT.READ_ONLY | SWT.DROP_DOWN);
        axis.setItems(Arrays.stream(XAxis.values()).map(XAxis::title).toArray(String[]::new));
        axis.select(0);
        center(axis);
        Label label = new Label(this, SWT.NONE);
        label.setText(Messages.Chart_Smoothing);
        center(label);
        smoothing = new Scale(this, SWT.HORIZONTAL);
        smoothing.setMaximum(SMOOTH_STEPS);
        smoothing.setSelection(60);
        GridDataFactory.swtDefaults()
                .align(SWT.FILL, SWT.CENTER)
                .hint(110, SWT.DEFAULT)
                .applyTo(smoothing);
        log = new Button(this, SWT.CHECK);
        log.setText(Messages.Chart_Log);
        center(log);
        whole = new Button(this, SWT.PUSH);
        whole.setText(Messages.Chart_WholeRange);
        center(whole);
        whole.setToolTipText(Messages.Chart_Hint);
        export = new Button(this, SWT.PUSH);
        export.setText(Messages.Chart_Export);
        export.setToolTipText(Messages.Chart_ExportTip);
        GridDataFactory.swtDefaults()
                .grab(true, false)
                .align(SWT.END, SWT.CENTER)
                .applyTo(export);
    }

    private static void center(org.eclipse.swt.widgets.Control control) {
        GridDataFactory.swtDefaults().align(SWT.FILL, SWT.CENTER).applyTo(control);
    }

    void link(LineChart chart, Runnable onGroup, Runnable onAxis) {
        chart.setSmoothing(weight());
        group.addListener(SWT.Selection, e -> onGroup.run());
        axis.addListener(SWT.Selection, e -> onAxis.run());
        export.addListener(SWT.Selection, e -> ExportChart.ask(getShell(), chart));
        smoothing.addListener(SWT.Selection, e -> chart.setSmoothing(weight()));
        log.addListener(SWT.Selection, e -> chart.setLog(log.getSelection()));
        whole.addListener(SWT.Selection, e -> chart.showAll());
    }

    void setRun(String text) {
        run.setText(text);
        requestLayout();
        layout();
    }

    /** {@return what x counts} */
    public XAxis axis() {
        return XAxis.values()[Math.max(0, axis.getSelectionIndex())];
    }

    /**
     * Chooses what x counts, as a person would.
     *
     * @param wanted the axis
     */
    public void choose(XAxis wanted) {
        axis.select(wanted.ordinal());
        axis.notifyListeners(SWT.Selection, new Event());
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

package org.dinobench.ui.evaluation.view;

import org.dinobench.ui.common.parts.Words;
import org.dinobench.ui.common.theme.Fonts;
import org.dinobench.ui.common.theme.Palette;
import org.dinobench.ui.evaluation.Messages;
import org.dinobench.ui.evaluation.model.EvaluationReport;
import org.dinobench.ui.evaluation.model.KnnRow;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.ScrolledComposite;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.program.Program;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;

/** One report as a scrolling page. */
final class ReportPage {
    private static final int MARGIN = 20;

    private final ScrolledComposite scroll;
    private final Composite page;
    private final Fonts fonts;
    private CellPictures cell;

    ReportPage(Composite parent, EvaluationReport report) {
        scroll = new ScrolledComposite(parent, SWT.V_SCROLL);
        scroll.setExpandHorizontal(true);
        scroll.setExpandVertical(true);
        page = new Composite(scroll, SWT.NONE);
        page.setBackgroundMode(SWT.INHERIT_FORCE);
        GridLayoutFactory.fillDefaults().margins(MARGIN, 16).spacing(0, 8).applyTo(page);
        fonts = new Fonts(page);
        head(report);
        wide(new Tiles(page, report));
        if (!report.knn().isEmpty()) {
            section(Messages.Report_Knn, Messages.Report_KnnText);
            wide(new KnnTable(page, report.knn()));
        }
        report.model().flatMap(KnnRow::confusion).ifPresent(matrix -> {
            section(Messages.Report_Confusion, Messages.Report_ConfusionText);
            ConfusionCanvas canvas = new ConfusionCanvas(page, matrix);
            wide(canvas);
            cell = new CellPictures(page, report.folder(), this::fit);
            wide(cell);
            canvas.onCell((row, column) ->
                    cell.show(matrix.classes().get(row), matrix.classes().get(column)));
        });
        if (!report.pictures().isEmpty()) {
            section(Messages.Report_Pictures, Messages.Report_PicturesText);
            wide(new PictureRows(page, report.pictures()));
        }
        if (report.conflicts() > 0) {
            section(
                    Messages.Report_Conflicts,
                    NLS.bind(Messages.Report_ConflictsText, Words.count(report.conflicts())));
        }
        if (!report.export().isEmpty()) {
            section(Messages.Report_Export, report.export());
        }
        scroll.setContent(page);
        scroll.addListener(SWT.Resize, e -> fit());
        recolor();
    }

    Control control() {
        return scroll;
    }

    void recolor() {
        Palette palette = Palette.of(scroll.getParent());
        page.setBackground(palette.canvas());
        for (Control child : page.getChildren()) {
            child.setBackground(palette.canvas());
            if (child instanceof Label) {
                boolean strong = Boolean.TRUE.equals(child.getData());
                child.setForeground(strong ? palette.text() : palette.subtle());
            } else if (child instanceof Composite composite) {
                for (Control inner : composite.getChildren()) {
                    if (inner instanceof Label) {
                        inner.setBackground(palette.canvas());
                        inner.setForeground(palette.text());
                    }
                }
            }
        }
        page.redraw(0, 0, page.getSize().x, page.getSize().y, true);
    }

    void dispose() {
        scroll.dispose();
    }

    private void fit() {
        scroll.setMinSize(page.computeSize(scroll.getClientArea().width, SWT.DEFAULT));
        page.layout();
    }

    private void head(EvaluationReport report) {
        Composite head = new Composite(page, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(3).spacing(8, 0).applyTo(head);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(head);
        Label title = label(head, report.name(), fonts.title());
        GridDataFactory.fillDefaults()
                .grab(true, false)
                .align(SWT.FILL, SWT.CENTER)
                .applyTo(title);
        report.html().ifPresent(html -> button(head, Messages.Report_OpenHtml, html.toString()));
        button(head, Messages.Report_OpenFolder, report.folder().toString());
    }

    private static void button(Composite parent, String text, String target) {
        Button button = new Button(parent, SWT.PUSH);
        button.setText(text);
        button.addListener(SWT.Selection, e -> Program.launch(target));
    }

    private void section(String title, String text) {
        Label heading = label(page, title, fonts.heading());
        heading.setData(Boolean.TRUE);
        GridDataFactory.fillDefaults().indent(0, 14).applyTo(heading);
        Label words = label(page, text, fonts.body());
        GridDataFactory.fillDefaults().grab(true, false).hint(300, SWT.DEFAULT).applyTo(words);
    }

    private static Label label(Composite parent, String text, Font font) {
        Label label = new Label(parent, SWT.WRAP);
        label.setFont(font);
        label.setText(text);
        return label;
    }

    private static void wide(Control control) {
        GridDataFactory.fillDefaults().grab(true, false).applyTo(control);
    }
}

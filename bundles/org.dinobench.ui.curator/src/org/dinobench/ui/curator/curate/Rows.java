package org.dinobench.ui.curator.curate;

import java.util.List;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Group;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Text;

/** The rows that the pages of the curate wizard are made of; every change is told. */
final class Rows {
    private static final int TEXT_WIDTH = 560;

    private final Runnable changed;

    Rows(Runnable changed) {
        this.changed = changed;
    }

    static Composite page(Composite parent) {
        Composite page = new Composite(parent, SWT.NONE);
        GridLayoutFactory.swtDefaults().margins(16, 12).spacing(8, 10).applyTo(page);
        return page;
    }

    static Group group(Composite parent, String title, int columns) {
        Group group = new Group(parent, SWT.NONE);
        group.setText(title);
        GridLayoutFactory.swtDefaults()
                .margins(12, 8)
                .numColumns(columns)
                .spacing(10, 6)
                .applyTo(group);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(group);
        return group;
    }

    static Label words(Composite parent, String text, int span) {
        Label label = new Label(parent, SWT.WRAP);
        label.setText(text);
        GridDataFactory.fillDefaults()
                .grab(true, false)
                .span(span, 1)
                .hint(TEXT_WIDTH, SWT.DEFAULT)
                .applyTo(label);
        return label;
    }

    static Label label(Composite parent, String text) {
        Label label = new Label(parent, SWT.NONE);
        label.setText(text);
        GridDataFactory.swtDefaults().align(SWT.BEGINNING, SWT.CENTER).applyTo(label);
        return label;
    }

    Button button(Composite parent, int style, String text, int span) {
        Button button = new Button(parent, style);
        button.setText(text);
        button.addListener(SWT.Selection, e -> changed.run());
        GridDataFactory.swtDefaults()
                .align(SWT.BEGINNING, SWT.CENTER)
                .span(span, 1)
                .applyTo(button);
        return button;
    }

    Text text(Composite parent, int span) {
        Text text = new Text(parent, SWT.BORDER);
        text.addListener(SWT.Modify, e -> changed.run());
        GridDataFactory.fillDefaults()
                .grab(true, false)
                .span(span, 1)
                .align(SWT.FILL, SWT.CENTER)
                .applyTo(text);
        return text;
    }

    Combo combo(Composite parent, List<String> items, int span) {
        Combo combo = new Combo(parent, SWT.READ_ONLY | SWT.DROP_DOWN);
        combo.setItems(items.toArray(String[]::new));
        combo.addListener(SWT.Selection, e -> changed.run());
        GridDataFactory.fillDefaults()
                .grab(true, false)
                .span(span, 1)
                .align(SWT.FILL, SWT.CENTER)
                .applyTo(combo);
        return combo;
    }

    /** @param digits behind the point */
    Spinner spinner(Composite parent, int value, int least, int most, int digits) {
        Spinner spinner = new Spinner(parent, SWT.BORDER);
        spinner.setValues(value, least, most, digits, 1, 10);
        spinner.addListener(SWT.Modify, e -> changed.run());
        GridDataFactory.swtDefaults().align(SWT.BEGINNING, SWT.CENTER).applyTo(spinner);
        return spinner;
    }
}

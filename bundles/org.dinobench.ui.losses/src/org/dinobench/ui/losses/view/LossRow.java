package org.dinobench.ui.losses.view;

import java.util.Optional;
import org.dinobench.core.spec.SpecKey;
import org.dinobench.ui.common.parts.AccessibleName;
import org.dinobench.ui.common.parts.KeyWords;
import org.dinobench.ui.common.theme.Palette;
import org.dinobench.ui.losses.Messages;
import org.dinobench.ui.losses.model.Effects;
import org.dinobench.ui.losses.model.LossModel;
import org.eclipse.jface.fieldassist.ControlDecoration;
import org.eclipse.jface.fieldassist.FieldDecorationRegistry;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Link;
import org.eclipse.swt.widgets.Text;

/** One value of the form: a dot when it differs from the preset, name, editor, and what the value or its change means. */
final class LossRow {
    /** Columns that a row takes in the form's grid. */
    static final int COLUMNS = 4;

    private static final int EDITOR_WIDTH = 130;

    private final LossModel model;
    private final SpecKey key;
    private final Canvas dot;
    private final Control editor;
    private final Link back;
    private final Label meaning;
    private final ControlDecoration error;
    private boolean filling;

    LossRow(Composite form, LossModel model, SpecKey key) {
        this.model = model;
        this.key = key;
        dot = new Canvas(form, SWT.NONE);
        GridDataFactory.swtDefaults().hint(10, 10).align(SWT.CENTER, SWT.CENTER).applyTo(dot);
        dot.addListener(SWT.Paint, e -> {
            if (changed()) {
                e.gc.setAntialias(SWT.ON);
                e.gc.setBackground(Palette.of(form).accent());
                e.gc.fillOval(1, 1, 8, 8);
            }
        });
        Label name = new Label(form, SWT.NONE);
        name.setText(KeyWords.title(key));
        name.setToolTipText(key.path());
        editor = editor(form);
        editor.setToolTipText(key.doc());
        editor.addListener(SWT.FocusOut, e -> model.seal());
        AccessibleName.set(editor, () -> KeyWords.title(key) + ". " + meaningNow()); // $NON-NLS-1$
        GridDataFactory.fillDefaults()
                .hint(EDITOR_WIDTH, SWT.DEFAULT)
                .align(SWT.FILL, SWT.CENTER)
                .applyTo(editor);
        error = new ControlDecoration(editor, SWT.LEFT | SWT.TOP);
        error.setImage(FieldDecorationRegistry.getDefault()
                .getFieldDecoration(FieldDecorationRegistry.DEC_ERROR)
                .getImage());
        error.hide();
        Composite words = new Composite(form, SWT.NONE);
        org.eclipse.jface.layout.GridLayoutFactory.fillDefaults()
                .numColumns(2)
                .spacing(10, 0)
                .applyTo(words);
        GridDataFactory.fillDefaults()
                .grab(true, false)
                .align(SWT.FILL, SWT.CENTER)
                .applyTo(words);
        back = new Link(words, SWT.NONE);
        back.addListener(SWT.Selection, e -> model.set(key.path(), model.presetText(key.path())));
        GridDataFactory.swtDefaults().align(SWT.BEGINNING, SWT.CENTER).applyTo(back);
        meaning = new Label(words, SWT.WRAP);
        GridDataFactory.fillDefaults()
                .grab(true, false)
                .align(SWT.FILL, SWT.CENTER)
                .hint(260, SWT.DEFAULT)
                .applyTo(meaning);
    }

    private Control editor(Composite form) {
        switch (key.kind()) {
            case BOOLEAN: {
                Button check = new Button(form, SWT.CHECK);
                check.addListener(SWT.Selection, e -> take(Boolean.toString(check.getSelection())));
                return check;
            }
            case CHOICE: {
                Combo combo = new Combo(form, SWT.READ_ONLY | SWT.DROP_DOWN);
                combo.setItems(key.choices().toArray(String[]::new));
                combo.addListener(SWT.Selection, e -> take(combo.getText()));
                return combo;
            }
            default: {
                Text text = new Text(form, SWT.BORDER);
                text.addListener(SWT.Modify, e -> take(text.getText()));
                return text;
            }
        }
    }

    private void take(String text) {
        if (filling) {
            return;
        }
        Optional<String> problem = model.set(key.path(), text);
        if (problem.isPresent()) {
            error.setDescriptionText(problem.get());
            error.show();
            meaning.setText(problem.get());
            meaning.setForeground(Palette.of(meaning.getParent()).bad());
            meaning.requestLayout();
        } else {
            error.hide();
            describe();
        }
    }

    private String meaningNow() {
        return changed() ? Effects.of(key, model.presetText(key.path()), model.text(key.path())) : key.doc();
    }

    private boolean changed() {
        return !model.text(key.path()).equals(model.presetText(key.path()));
    }

    /** Shows the model's value, unless it is what the person is typing. */
    void fill() {
        String value = model.text(key.path());
        filling = true;
        if (editor instanceof Button check) {
            check.setSelection(Boolean.parseBoolean(value));
        } else if (editor instanceof Combo combo) {
            combo.setText(value);
        } else if (editor instanceof Text text && !(text.isFocusControl() && sameValue(text.getText(), value))) {
            text.setText(value);
        }
        filling = false;
        error.hide();
        describe();
        dot.redraw();
    }

    private static boolean sameValue(String typed, String value) {
        try {
            return typed.equals(value) || Double.parseDouble(typed) == Double.parseDouble(value);
        } catch (NumberFormatException e) {
            return typed.strip().equals(value);
        }
    }

    private void describe() {
        Palette palette = Palette.of(meaning.getParent());
        String before = model.presetText(key.path());
        boolean changed = changed();
        back.setText(
                changed
                        ? "<a>" + NLS.bind(Messages.View_ResetOne, before) + "</a>"
                        : ""); //$NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
        ((org.eclipse.swt.layout.GridData) back.getLayoutData()).exclude = !changed;
        back.setVisible(changed);
        meaning.setText(changed ? Effects.of(key, before, model.text(key.path())) : key.doc());
        meaning.setForeground(changed ? palette.text() : palette.subtle());
        dot.redraw();
        meaning.getParent().layout();
        meaning.requestLayout();
    }
}

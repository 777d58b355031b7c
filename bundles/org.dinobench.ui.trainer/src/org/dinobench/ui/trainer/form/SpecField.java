package org.dinobench.ui.trainer.form;

import java.util.Optional;
import org.dinobench.core.spec.SpecKey;
import org.dinobench.ui.common.parts.AccessibleName;
import org.dinobench.ui.common.theme.Palette;
import org.dinobench.ui.trainer.Messages;
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
import org.eclipse.swt.widgets.Text;

/** One value of a form: a dot when it differs from the recipe, its name, an editor, and help or what is wrong. */
public final class SpecField {
    /** Columns that a field takes in the form's grid. */
    public static final int COLUMNS = 4;

    private static final int EDITOR_WIDTH = 150;
    private static final int WORDS_WIDTH = 260;

    private final SpecValues values;
    private final SpecKey key;
    private final Canvas dot;
    private final Control editor;
    private final Label words;
    private final ControlDecoration mark;
    private boolean filling;

    /**
     * Adds a field to a form.
     *
     * @param form has a grid layout of {@link #COLUMNS} columns
     * @param values what it shows and changes
     * @param path the key
     * @param title its name in this form
     */
    SpecField(Composite form, SpecValues values, String path, String title) {
        this.values = values;
        this.key = values.key(path);
        dot = new Canvas(form, SWT.NO_FOCUS);
        GridDataFactory.swtDefaults().hint(10, 10).align(SWT.CENTER, SWT.CENTER).applyTo(dot);
        dot.addListener(SWT.Paint, e -> {
            // themes give drawn controls a ground of their own, which shows as a small square
            e.gc.setBackground(form.getBackground());
            e.gc.fillRectangle(dot.getClientArea());
            if (changed()) {
                e.gc.setAntialias(SWT.ON);
                e.gc.setBackground(Palette.of(form).accent());
                e.gc.fillOval(1, 1, 8, 8);
            }
        });
        Label name = new Label(form, SWT.NONE);
        name.setText(title);
        name.setToolTipText(key.path());
        editor = editor(form);
        editor.setToolTipText(key.path());
        GridDataFactory.fillDefaults()
                .hint(EDITOR_WIDTH, SWT.DEFAULT)
                .align(SWT.FILL, SWT.CENTER)
                .applyTo(editor);
        AccessibleName.set(editor, () -> title + ". " + help()); // $NON-NLS-1$
        mark = new ControlDecoration(editor, SWT.LEFT | SWT.TOP);
        mark.setImage(FieldDecorationRegistry.getDefault()
                .getFieldDecoration(FieldDecorationRegistry.DEC_ERROR)
                .getImage());
        mark.hide();
        words = new Label(form, SWT.WRAP);
        GridDataFactory.fillDefaults()
                .grab(true, false)
                .align(SWT.FILL, SWT.CENTER)
                .hint(WORDS_WIDTH, SWT.DEFAULT)
                .applyTo(words);
    }

    private Control editor(Composite form) {
        if (key.kind() == SpecKey.Kind.BOOLEAN) {
            Button check = new Button(form, SWT.CHECK);
            check.addListener(SWT.Selection, e -> take(Boolean.toString(check.getSelection())));
            return check;
        }
        if (!key.choices().isEmpty()) {
            Combo combo = new Combo(form, SWT.READ_ONLY | SWT.DROP_DOWN);
            combo.setItems(key.choices().toArray(String[]::new));
            if (key.auto()) {
                combo.add("auto", 0); // $NON-NLS-1$
            }
            combo.addListener(SWT.Selection, e -> take(combo.getText()));
            return combo;
        }
        Text text = new Text(form, SWT.BORDER);
        text.addListener(SWT.Modify, e -> take(text.getText()));
        return text;
    }

    private void take(String text) {
        if (!filling) {
            values.set(key.path(), text);
        }
    }

    private boolean changed() {
        return !values.shown(key.path()).equals(values.baseShown(key.path()));
    }

    private String help() {
        Optional<String> problem = values.problem(key.path());
        if (problem.isPresent()) {
            return problem.get();
        }
        if (!changed()) {
            return key.doc();
        }
        String before = values.baseShown(key.path());
        return NLS.bind(Messages.Form_Changed, key.doc(), before.isEmpty() ? Messages.Form_Unset : before);
    }

    /** Shows the present value, and help or what is wrong with it. */
    public void fill() {
        if (editor.isDisposed()) {
            return;
        }
        filling = true;
        String text = values.shown(key.path());
        if (editor instanceof Button check) {
            check.setSelection(Boolean.parseBoolean(text));
        } else if (editor instanceof Combo combo) {
            int index = combo.indexOf(text);
            if (index >= 0) {
                combo.select(index);
            } else {
                combo.deselectAll();
            }
        } else if (editor instanceof Text field && !field.getText().equals(text)) {
            field.setText(text);
        }
        filling = false;
        Optional<String> problem = values.problem(key.path());
        Palette palette = Palette.of(words.getParent());
        String help = help();
        if (!words.getText().equals(help)) {
            words.setText(help);
            words.requestLayout();
        }
        words.setForeground(problem.isPresent() ? palette.bad() : changed() ? palette.text() : palette.subtle());
        if (problem.isPresent()) {
            mark.setDescriptionText(problem.get());
            mark.show();
        } else {
            mark.hide();
        }
        dot.redraw();
    }

    /** {@return the key's path} */
    public String path() {
        return key.path();
    }

    /** Gives the field the focus. */
    public void focus() {
        editor.setFocus();
    }

    /**
     * Types into the field, as a person would.
     *
     * @param text the field's new text
     */
    public void type(String text) {
        if (editor instanceof Text field) {
            field.setText(text);
        } else {
            values.set(key.path(), text);
        }
    }

    /** {@return help or what is wrong, as it stands beside the field} */
    public String words() {
        return words.getText();
    }
}

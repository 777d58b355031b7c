package org.dinobench.ui.trainer.form;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.dinobench.ui.common.parts.KeyWords;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.ScrolledComposite;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;

/** Fields of some keys, one below the other, scrolled where they do not fit. */
public final class SpecForm {
    private static final int LEAST_WIDTH = 560;

    private final ScrolledComposite scroll;
    private final Composite form;
    private final List<SpecField> fields = new ArrayList<>();

    /**
     * Makes a form.
     *
     * @param parent the parent
     * @param values what it shows and changes
     * @param paths keys, in the order of the form
     */
    public SpecForm(Composite parent, SpecValues values, List<String> paths) {
        scroll = new ScrolledComposite(parent, SWT.V_SCROLL | SWT.H_SCROLL);
        scroll.setExpandHorizontal(true);
        scroll.setExpandVertical(true);
        form = new Composite(scroll, SWT.NONE);
        GridLayoutFactory.fillDefaults()
                .numColumns(SpecField.COLUMNS)
                .margins(12, 10)
                .spacing(10, 7)
                .applyTo(form);
        List<String> names =
                paths.stream().map(path -> KeyWords.title(values.key(path))).toList();
        for (int i = 0; i < paths.size(); i++) {
            fields.add(new SpecField(form, values, paths.get(i), title(paths.get(i), names.get(i), names)));
        }
        scroll.setContent(form);
        scroll.addListener(SWT.Resize, e -> fit());
        // who goes through the fields by the Tab key sees the one that has the focus
        for (Control child : form.getChildren()) {
            child.addListener(SWT.FocusIn, e -> scroll.showControl(child));
        }
        fill();
    }

    /** Sections share names of keys: two of one name in a form are told apart by their sections. */
    private static String title(String path, String name, List<String> names) {
        int dot = path.indexOf('.');
        return dot > 0 && Collections.frequency(names, name) > 1
                ? name + " (" + path.substring(0, dot) + ")" // $NON-NLS-1$ //$NON-NLS-2$
                : name;
    }

    /** {@return the control, for its layout} */
    public Composite control() {
        return scroll;
    }

    /** Shows the present values. */
    public void fill() {
        fields.forEach(SpecField::fill);
        fit();
    }

    private void fit() {
        if (!scroll.isDisposed()) {
            // narrower than that, a word a line would make rows taller than the window
            int width = Math.max(LEAST_WIDTH, scroll.getClientArea().width);
            scroll.setMinSize(LEAST_WIDTH, form.computeSize(width, SWT.DEFAULT).y);
        }
    }

    /** {@return paths of its keys} */
    public List<String> paths() {
        return fields.stream().map(SpecField::path).toList();
    }

    /**
     * A field of this form.
     *
     * @param path its key
     * @return the field
     */
    public SpecField field(String path) {
        return fields.stream().filter(f -> f.path().equals(path)).findFirst().orElseThrow();
    }
}

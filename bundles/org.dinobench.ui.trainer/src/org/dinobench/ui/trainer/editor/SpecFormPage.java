package org.dinobench.ui.trainer.editor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import org.dinobench.core.spec.SpecKey;
import org.dinobench.core.spec.train.TrainSpecs;
import org.dinobench.ui.common.parts.EmptyState;
import org.dinobench.ui.common.parts.KeyWords;
import org.dinobench.ui.common.parts.ViewStack;
import org.dinobench.ui.common.theme.Fonts;
import org.dinobench.ui.common.theme.Icons;
import org.dinobench.ui.common.theme.Palette;
import org.dinobench.ui.common.theme.Themes;
import org.dinobench.ui.trainer.Messages;
import org.dinobench.ui.trainer.form.SpecForm;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.PlatformUI;

/**
 * The spec as a form that is made from its keys: sections on the left, their fields with help on the right. When the
 * source is no YAML, it says so with the line.
 */
public final class SpecFormPage {
    private static final int SECTIONS_WIDTH = 190;

    private final DocumentValues values;
    private final IntConsumer onLine;
    private final ViewStack stack;
    private final EmptyState unreadable;
    private final Composite main;
    private final ProblemBar problems;
    private final Text filter;
    private final Table sections;
    private final Label doc;
    private final Composite place;
    private final List<SpecKey> tops = new ArrayList<>();
    private SpecForm form;
    private int line = 1;

    /**
     * Makes the page.
     *
     * @param parent the editor's pages
     * @param values of the document
     * @param onLine is called to show a line of the source
     */
    SpecFormPage(Composite parent, DocumentValues values, IntConsumer onLine) {
        this.values = values;
        this.onLine = onLine;
        stack = new ViewStack(parent);
        unreadable = new EmptyState(stack, Icons.WARNING);
        unreadable.setBackgroundMode(SWT.INHERIT_FORCE);
        unreadable.action(Messages.Editor_ShowLine, () -> onLine.accept(line));
        main = new Composite(stack, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).spacing(0, 0).applyTo(main);
        problems = new ProblemBar(main, onLine);
        GridDataFactory.fillDefaults()
                .span(2, 1)
                .grab(true, false)
                .exclude(true)
                .applyTo(problems);
        Composite left = new Composite(main, SWT.NONE);
        GridLayoutFactory.fillDefaults().margins(10, 10).spacing(0, 8).applyTo(left);
        GridDataFactory.fillDefaults()
                .grab(false, true)
                .hint(SECTIONS_WIDTH, SWT.DEFAULT)
                .applyTo(left);
        filter = new Text(left, SWT.SEARCH | SWT.ICON_CANCEL);
        filter.setMessage(Messages.Editor_Find);
        filter.addListener(SWT.Modify, e -> showSection());
        GridDataFactory.fillDefaults().grab(true, false).applyTo(filter);
        sections = new Table(left, SWT.SINGLE | SWT.BORDER | SWT.FULL_SELECTION);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(sections);
        sections();
        sections.addListener(SWT.Selection, e -> {
            filter.setText(""); // $NON-NLS-1$
            showSection();
        });
        Composite right = new Composite(main, SWT.NONE);
        GridLayoutFactory.fillDefaults().margins(4, 10).spacing(0, 6).applyTo(right);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(right);
        doc = new Label(right, SWT.WRAP);
        doc.setFont(new Fonts(doc).heading());
        GridDataFactory.fillDefaults()
                .grab(true, false)
                .indent(12, 0)
                .hint(400, SWT.DEFAULT)
                .applyTo(doc);
        place = new Composite(right, SWT.NONE);
        GridLayoutFactory.fillDefaults().applyTo(place);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(place);
        sections.select(1);
        showSection();
        Themes.onChange(stack, this::refresh);
        PlatformUI.getWorkbench().getHelpSystem().setHelp(stack, "org.dinobench.ui.trainer.specForm"); // $NON-NLS-1$
        refresh();
    }

    /** One line for keys outside of sections, then the sections. */
    private void sections() {
        tops.add(null);
        new TableItem(sections, SWT.NONE).setText(Messages.Editor_General);
        for (SpecKey key : TrainSpecs.schema().keys()) {
            if (key.kind() == SpecKey.Kind.SECTION) {
                tops.add(key);
                new TableItem(sections, SWT.NONE).setText(KeyWords.title(key));
            }
        }
    }

    private static List<String> paths(SpecKey section) {
        List<SpecKey> keys = section == null ? TrainSpecs.schema().keys() : section.children();
        return keys.stream()
                .filter(k -> k.kind() != SpecKey.Kind.SECTION && k.kind() != SpecKey.Kind.OPEN)
                .map(SpecKey::path)
                .toList();
    }

    private static List<String> found(String words) {
        String wanted = words.toLowerCase(Locale.ROOT);
        return TrainSpecs.schema().paths().stream()
                .filter(p -> paths().contains(p))
                .filter(p -> {
                    SpecKey key = TrainSpecs.schema().find(p).orElseThrow();
                    return p.toLowerCase(Locale.ROOT).contains(wanted)
                            || KeyWords.title(key).toLowerCase(Locale.ROOT).contains(wanted)
                            || key.doc().toLowerCase(Locale.ROOT).contains(wanted);
                })
                .toList();
    }

    private static List<String> paths() {
        List<String> all = new ArrayList<>(paths(null));
        TrainSpecs.schema().keys().stream()
                .filter(k -> k.kind() == SpecKey.Kind.SECTION)
                .forEach(k -> all.addAll(paths(k)));
        return all;
    }

    private void showSection() {
        String words = filter.getText().strip();
        List<String> paths =
                words.isEmpty() ? paths(tops.get(Math.max(0, sections.getSelectionIndex()))) : found(words);
        if (form != null && form.paths().equals(paths)) {
            return;
        }
        SpecKey top = tops.get(Math.max(0, sections.getSelectionIndex()));
        doc.setText(
                !words.isEmpty()
                        ? NLS.bind(Messages.Editor_Found, paths.size())
                        : top == null ? Messages.Editor_GeneralText : top.doc());
        if (form != null) {
            form.control().dispose();
        }
        form = new SpecForm(place, values, paths);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(form.control());
        place.getParent().layout(true, true);
    }

    /** Shows the document as it is now. */
    void refresh() {
        if (stack.isDisposed()) {
            return;
        }
        SpecReading reading = values.read();
        if (reading.unreadable().isPresent()) {
            SpecFault fault = reading.unreadable().get();
            line = fault.line();
            unreadable.say(
                    NLS.bind(Messages.Editor_Unreadable, line),
                    NLS.bind(Messages.Editor_UnreadableText, fault.sentence()));
            stack.show(unreadable);
            return;
        }
        problems.show(reading.faults());
        form.fill();
        Palette palette = Palette.of(sections);
        for (int i = 0; i < tops.size(); i++) {
            List<String> own = paths(tops.get(i));
            boolean wrong = reading.faults().stream().anyMatch(f -> own.contains(f.key()));
            sections.getItem(i).setForeground(wrong ? palette.bad() : null);
            sections.getItem(i).setImage(wrong ? Icons.ERROR.image() : null);
        }
        stack.show(main);
    }

    /** {@return the page's control} */
    Composite control() {
        return stack;
    }

    void setFocus() {
        if (stack.shown() == unreadable) {
            unreadable.setFocus();
        } else {
            sections.setFocus();
        }
    }

    /**
     * Shows a section, as a click on it does.
     *
     * @param name its key
     */
    public void choose(String name) {
        for (int i = 0; i < tops.size(); i++) {
            if (tops.get(i) != null && tops.get(i).name().equals(name)) {
                sections.select(i);
                filter.setText(""); // $NON-NLS-1$
                showSection();
            }
        }
    }

    /**
     * Looks for keys, as typing into the field does.
     *
     * @param words part of a key or of its help
     */
    public void find(String words) {
        filter.setText(words);
    }

    /** {@return the fields that are shown} */
    public SpecForm form() {
        return form;
    }

    /** {@return the words of the page without a form, empty when the form is shown} */
    public String unreadableWords() {
        return stack.shown() == unreadable ? unreadable.words() : ""; // $NON-NLS-1$
    }

    /** {@return what the bar of problems says} */
    public String problemWords() {
        return problems.words();
    }
}

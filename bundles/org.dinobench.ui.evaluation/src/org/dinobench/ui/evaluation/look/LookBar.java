package org.dinobench.ui.evaluation.look;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dinobench.ui.common.workspace.ModelSource;
import org.dinobench.ui.evaluation.Messages;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Scale;
import org.eclipse.swt.widgets.Spinner;

/** What is looked at and how: models, block, head, how much the map covers; attention or components. */
final class LookBar extends Composite {
    private final Combo model;
    private final Combo second;
    private final Button attention;
    private final Button components;
    private final Composite ofAttention;
    private final Composite ofComponents;
    private final Spinner block;
    private final Combo head;
    private final Scale cover;
    private final Button foreground;
    private List<ModelSource> models = List.of();

    LookBar(Composite parent) {
        super(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().margins(10, 6).spacing(0, 6).applyTo(this);
        Composite first = row(this, 6);
        attention = radio(first, Messages.Look_Attention);
        attention.setSelection(true);
        components = radio(first, Messages.Look_Components);
        label(first, Messages.Look_Model);
        model = combo(first, 220);
        label(first, Messages.Look_Beside);
        second = combo(first, 220);
        Composite stack = row(this, 2);
        ofAttention = row(stack, 6);
        label(ofAttention, Messages.Look_Block);
        block = new Spinner(ofAttention, SWT.BORDER);
        block.setValues(1, 1, 1, 0, 1, 4);
        label(ofAttention, Messages.Look_HeadLabel);
        head = combo(ofAttention, 120);
        head.setItems(Messages.Look_Mean);
        head.select(0);
        label(ofAttention, Messages.Look_Cover);
        cover = new Scale(ofAttention, SWT.HORIZONTAL);
        cover.setMaximum(100);
        cover.setSelection(75);
        GridDataFactory.swtDefaults().hint(140, SWT.DEFAULT).applyTo(cover);
        ofComponents = row(stack, 1);
        foreground = new Button(ofComponents, SWT.CHECK);
        foreground.setText(Messages.Look_Foreground);
        foreground.setSelection(false);
        showOptions();
    }

    private static Composite row(Composite parent, int columns) {
        Composite row = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(columns).spacing(10, 0).applyTo(row);
        GridDataFactory.fillDefaults().applyTo(row);
        return row;
    }

    private static Button radio(Composite parent, String text) {
        Button button = new Button(parent, SWT.RADIO);
        button.setText(text);
        center(button);
        return button;
    }

    private static void label(Composite parent, String text) {
        Label label = new Label(parent, SWT.NONE);
        label.setText(text);
        center(label);
    }

    private static Combo combo(Composite parent, int width) {
        Combo combo = new Combo(parent, SWT.READ_ONLY | SWT.DROP_DOWN);
        GridDataFactory.swtDefaults()
                .align(SWT.FILL, SWT.CENTER)
                .hint(width, SWT.DEFAULT)
                .applyTo(combo);
        return combo;
    }

    private static void center(Control control) {
        GridDataFactory.swtDefaults().align(SWT.FILL, SWT.CENTER).applyTo(control);
    }

    /**
     * Calls back when something was changed.
     *
     * @param onModel other models, images' maps have to be computed
     * @param onShow the same maps, shown otherwise
     */
    void link(Runnable onModel, Runnable onShow) {
        for (Control each : List.of(model, second, block, foreground)) {
            each.addListener(SWT.Selection, e -> onModel.run());
        }
        head.addListener(SWT.Selection, e -> onShow.run());
        cover.addListener(SWT.Selection, e -> onShow.run());
        attention.addListener(SWT.Selection, e -> {
            showOptions();
            onModel.run();
        });
    }

    private void showOptions() {
        boolean maps = attention.getSelection();
        shown(ofAttention, maps);
        shown(ofComponents, !maps);
        requestLayout();
    }

    private static void shown(Control control, boolean yes) {
        control.setVisible(yes);
        ((GridData) control.getLayoutData()).exclude = !yes;
    }

    void setModels(List<ModelSource> newModels, ModelSource wanted) {
        ModelSource one = wanted != null ? wanted : first().orElse(null);
        ModelSource two = second().orElse(null);
        models = List.copyOf(newModels);
        List<String> names = models.stream().map(ModelSource::name).toList();
        model.setItems(names.toArray(String[]::new));
        model.select(models.isEmpty() ? -1 : one == null ? 0 : Math.max(0, models.indexOf(one)));
        List<String> others = new ArrayList<>(List.of(Messages.Look_NoSecond));
        others.addAll(names);
        second.setItems(others.toArray(String[]::new));
        second.select(two == null ? 0 : models.indexOf(two) + 1);
    }

    /** The blocks and heads of the model that is open; the last block is chosen at first. */
    void setShape(int blocks, int heads) {
        if (block.getMaximum() != blocks) {
            boolean last = block.getSelection() == block.getMaximum() || block.getSelection() > blocks;
            int at = last ? blocks : block.getSelection();
            block.setMaximum(blocks);
            block.setSelection(at);
        }
        if (head.getItemCount() != heads + 1) {
            head.removeAll();
            head.add(Messages.Look_Mean);
            for (int i = 1; i <= heads; i++) {
                head.add(NLS.bind(Messages.Look_Head, i));
            }
            head.select(0);
        }
    }

    Optional<ModelSource> first() {
        int at = model.getSelectionIndex();
        return at < 0 || at >= models.size() ? Optional.empty() : Optional.of(models.get(at));
    }

    Optional<ModelSource> second() {
        int at = second.getSelectionIndex() - 1;
        return at < 0 || at >= models.size() ? Optional.empty() : Optional.of(models.get(at));
    }

    /** {@return the block from 0, or -1 for the last one of a model whose depth is not known yet} */
    int block() {
        return block.getSelection() == block.getMaximum() ? -1 : block.getSelection() - 1;
    }

    int head() {
        return head.getSelectionIndex() - 1;
    }

    void setHead(int index) {
        head.select(index + 1);
    }

    double cover() {
        return cover.getSelection() / 100.0;
    }

    boolean attention() {
        return attention.getSelection();
    }

    /** Chooses what is shown, as a person would. */
    void choose(boolean maps) {
        attention.setSelection(maps);
        components.setSelection(!maps);
        attention.notifyListeners(SWT.Selection, new org.eclipse.swt.widgets.Event());
    }

    boolean foreground() {
        return foreground.getSelection();
    }
}

package org.dinobench.ui.trainer.chart;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.dinobench.ui.common.theme.Palette;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;

/** The names of series with their colours; a tick shows or hides a series. */
final class SeriesToggles {
    private static final int SWATCH = 12;

    private final Table table;
    private final Set<String> hidden = new HashSet<>();
    private List<String> names = List.of();
    private String first = ""; // $NON-NLS-1$

    SeriesToggles(Composite parent, Consumer<Set<String>> onHidden) {
        table = new Table(parent, SWT.CHECK | SWT.FULL_SELECTION | SWT.V_SCROLL);
        table.addListener(SWT.Selection, e -> {
            if (e.detail == SWT.CHECK) {
                toggle((TableItem) e.item);
                onHidden.accept(Set.copyOf(hidden));
            }
        });
        table.addListener(SWT.DefaultSelection, e -> only((TableItem) e.item, onHidden));
        table.addListener(SWT.Dispose, this::disposeImages);
    }

    Table control() {
        return table;
    }

    Set<String> hidden() {
        return Set.copyOf(hidden);
    }

    /** Of series that come from now on, only those of one number are shown; an empty key shows all. */
    void setFirst(String key) {
        first = key;
        hidden.clear();
        names = List.of();
    }

    void show(List<String> newNames, boolean force) {
        if (newNames.equals(names) && !force) {
            return;
        }
        if (!first.isEmpty()) {
            newNames.stream()
                    .filter(n -> !names.contains(n) && !n.startsWith(first + " ")) // $NON-NLS-1$
                    .forEach(hidden::add);
        }
        names = newNames;
        disposeImages(null);
        table.removeAll();
        Palette palette = Palette.of(table.getParent());
        for (int i = 0; i < names.size(); i++) {
            TableItem item = new TableItem(table, SWT.NONE);
            item.setText(names.get(i));
            item.setChecked(!hidden.contains(names.get(i)));
            item.setImage(swatch(palette, i));
        }
    }

    private void toggle(TableItem item) {
        if (item.getChecked()) {
            hidden.remove(item.getText());
        } else {
            hidden.add(item.getText());
        }
    }

    /** A double click shows one series alone, and all again when it was alone. */
    private void only(TableItem item, Consumer<Set<String>> onHidden) {
        boolean alone = hidden.size() == names.size() - 1 && !hidden.contains(item.getText());
        hidden.clear();
        if (!alone) {
            hidden.addAll(names);
            hidden.remove(item.getText());
        }
        for (TableItem each : table.getItems()) {
            each.setChecked(!hidden.contains(each.getText()));
        }
        onHidden.accept(Set.copyOf(hidden));
    }

    private Image swatch(Palette palette, int index) {
        Image image = new Image(table.getDisplay(), SWATCH, SWATCH);
        GC gc = new GC(image);
        gc.setBackground(table.getBackground());
        gc.fillRectangle(0, 0, SWATCH, SWATCH);
        gc.setAntialias(SWT.ON);
        gc.setBackground(palette.category(index));
        gc.fillRoundRectangle(0, 4, SWATCH, 5, 4, 4);
        gc.dispose();
        return image;
    }

    private void disposeImages(Event event) {
        for (TableItem item : table.getItems()) {
            Image image = item.getImage();
            if (image != null) {
                image.dispose();
            }
        }
    }
}

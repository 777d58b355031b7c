package org.dinobench.ui.curator.view;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.dinobench.ui.common.grid.ThumbnailGrid;
import org.dinobench.ui.curator.Messages;
import org.dinobench.ui.curator.model.CuratorModel;
import org.dinobench.ui.curator.model.ImageQuery;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Scale;
import org.eclipse.swt.widgets.Text;

/** Search, label, state, order and zoom above the thumbnails. */
public final class ThumbnailsBar extends Composite {
    private final Text search;
    private final Combo label;
    private final Combo show;
    private final Combo order;
    private final Button unfocus;
    private final Label count;
    private final Scale zoom;
    private final Runnable onChange;
    private List<String> labels = List.of();
    private OptionalInt cluster = OptionalInt.empty();

    ThumbnailsBar(Composite parent, Runnable onChange) {
        super(parent, SWT.NONE);
        this.onChange = onChange;
        GridLayoutFactory.fillDefaults()
                .numColumns(4)
                .margins(8, 6)
                .spacing(8, 4)
                .applyTo(this);
        search = new Text(this, SWT.SEARCH | SWT.ICON_SEARCH | SWT.ICON_CANCEL);
        search.setMessage(Messages.Thumbnails_Search);
        search.addListener(SWT.Modify, e -> changed());
        search.addListener(SWT.DefaultSelection, e -> changed());
        GridDataFactory.fillDefaults()
                .hint(130, SWT.DEFAULT)
                .grab(true, false)
                .align(SWT.FILL, SWT.CENTER)
                .applyTo(search);
        label = combo(List.of(Messages.Thumbnails_AllLabels));
        show = combo(List.of(
                Messages.Thumbnails_ShowAll,
                Messages.Thumbnails_ShowKept,
                Messages.Thumbnails_ShowDropped,
                Messages.Thumbnails_ShowGroups,
                Messages.Thumbnails_ShowBroken));
        order = combo(List.of(
                Messages.Thumbnails_SortName,
                Messages.Thumbnails_SortLabel,
                Messages.Thumbnails_SortCluster,
                Messages.Thumbnails_SortPixels));
        Composite second = new Composite(this, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(3).spacing(8, 0).applyTo(second);
        GridDataFactory.fillDefaults().span(4, 1).grab(true, false).applyTo(second);
        count = new Label(second, SWT.NONE);
        GridDataFactory.fillDefaults()
                .grab(true, false)
                .indent(4, 0)
                .align(SWT.FILL, SWT.CENTER)
                .applyTo(count);
        unfocus = new Button(second, SWT.PUSH);
        unfocus.setText(Messages.Thumbnails_AllAgain);
        unfocus.setToolTipText(Messages.Thumbnails_AllAgainTip);
        unfocus.addListener(SWT.Selection, e -> CuratorModel.shared().setFocus(Set.of()));
        GridDataFactory.swtDefaults().align(SWT.FILL, SWT.CENTER).exclude(true).applyTo(unfocus);
        unfocus.setVisible(false);
        zoom = new Scale(second, SWT.HORIZONTAL);
        zoom.setMinimum(ThumbnailGrid.MIN_CELL);
        zoom.setMaximum(ThumbnailGrid.MAX_CELL);
        zoom.setToolTipText(Messages.Thumbnails_Zoom);
        GridDataFactory.fillDefaults()
                .hint(130, SWT.DEFAULT)
                .align(SWT.FILL, SWT.CENTER)
                .applyTo(zoom);
    }

    private Combo combo(List<String> items) {
        Combo combo = new Combo(this, SWT.READ_ONLY | SWT.DROP_DOWN);
        combo.setItems(items.toArray(String[]::new));
        combo.select(0);
        combo.addListener(SWT.Selection, e -> changed());
        GridDataFactory.swtDefaults().align(SWT.FILL, SWT.CENTER).applyTo(combo);
        return combo;
    }

    private void changed() {
        cluster = OptionalInt.empty();
        onChange.run();
    }

    void linkZoom(ThumbnailGrid grid) {
        zoom.setSelection(grid.cellSize());
        zoom.addListener(SWT.Selection, e -> grid.setCellSize(zoom.getSelection()));
        grid.onZoom(() -> zoom.setSelection(grid.cellSize()));
    }

    void setLabels(List<String> all, boolean reset) {
        String chosen = label.getText();
        labels = all;
        List<String> items = new ArrayList<>(List.of(Messages.Thumbnails_AllLabels));
        items.addAll(all);
        items.add(Messages.Thumbnails_Unlabelled);
        label.setItems(items.toArray(String[]::new));
        int index = reset ? 0 : Math.max(0, label.indexOf(chosen));
        label.select(index);
        if (reset) {
            cluster = OptionalInt.empty();
        }
        layout();
    }

    /** Whether only what was chosen on the map is shown; then there is a button for all again. */
    void setFocused(boolean focused) {
        unfocus.setVisible(focused);
        ((GridData) unfocus.getLayoutData()).exclude = !focused;
        unfocus.getParent().layout();
    }

    void setCluster(int number) {
        cluster = OptionalInt.of(number);
        onChange.run();
    }

    void setCount(String text) {
        count.setText(
                cluster.isPresent() ? NLS.bind(Messages.Thumbnails_CountCluster, cluster.getAsInt(), text) : text);
        layout();
    }

    /** Shows everything again. */
    public void clear() {
        search.setText(""); // $NON-NLS-1$
        label.select(0);
        show.select(0);
        changed();
    }

    /**
     * Searches.
     *
     * @param text part of a name or label
     */
    public void setSearch(String text) {
        search.setText(text);
    }

    /** {@return what is asked for} */
    public ImageQuery query() {
        int at = label.getSelectionIndex();
        String wanted = at <= 0 ? null : at <= labels.size() ? labels.get(at - 1) : ""; // $NON-NLS-1$
        return new ImageQuery(
                search.getText(),
                wanted,
                ImageQuery.Show.values()[Math.max(0, show.getSelectionIndex())],
                cluster,
                ImageQuery.Order.values()[Math.max(0, order.getSelectionIndex())]);
    }
}

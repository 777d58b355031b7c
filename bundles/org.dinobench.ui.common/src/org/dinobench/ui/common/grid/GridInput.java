package org.dinobench.ui.common.grid;

import java.util.List;
import org.dinobench.ui.common.grid.ThumbnailPipeline.Request;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Event;

/** Mouse and keyboard of a grid. */
final class GridInput {
    private final ThumbnailGrid grid;
    private final IndexSelection selection;
    private final HoverPreview preview;

    GridInput(ThumbnailGrid grid, IndexSelection selection) {
        this.grid = grid;
        this.selection = selection;
        this.preview = new HoverPreview(grid);
        grid.addListener(SWT.MouseDown, this::mouseDown);
        grid.addListener(SWT.MouseDoubleClick, e -> grid.open(at(e)));
        grid.addListener(SWT.MouseMove, this::mouseMove);
        grid.addListener(SWT.MouseExit, e -> {
            grid.setHover(-1);
            preview.hide();
        });
        grid.addListener(SWT.MouseHover, e -> preview.show(at(e)));
        grid.addListener(SWT.MouseVerticalWheel, this::wheel);
        grid.addListener(SWT.KeyDown, this::keyDown);
        grid.addListener(SWT.FocusIn, e -> grid.redraw());
        grid.addListener(SWT.FocusOut, e -> grid.redraw());
        grid.addListener(SWT.Traverse, e -> {
            if (e.detail == SWT.TRAVERSE_TAB_NEXT || e.detail == SWT.TRAVERSE_TAB_PREVIOUS) {
                e.doit = true;
            }
        });
    }

    void addPreview(List<Request> wanted) {
        preview.addWanted(wanted);
    }

    void painted() {
        preview.refresh();
    }

    private int at(Event e) {
        return grid.geometry().indexAt(e.x, e.y + grid.top());
    }

    private void mouseMove(Event e) {
        int index = at(e);
        if (index != grid.hover()) {
            preview.hide();
        }
        grid.setHover(index);
    }

    private void mouseDown(Event e) {
        grid.setFocus();
        preview.hide();
        int index = at(e);
        if (index < 0) {
            if ((e.stateMask & (SWT.MOD1 | SWT.SHIFT)) == 0 && selection.count() > 0) {
                selection.clear();
                grid.selectionMoved();
            }
            return;
        }
        if (e.button == 3 && selection.contains(index)) {
            return;
        }
        if ((e.stateMask & SWT.MOD1) != 0) {
            selection.toggle(index);
        } else if ((e.stateMask & SWT.SHIFT) != 0) {
            selection.extendTo(index);
        } else {
            selection.only(index);
        }
        grid.selectionMoved();
    }

    private void wheel(Event e) {
        preview.hide();
        if ((e.stateMask & SWT.MOD1) != 0) {
            zoom(e.count > 0);
            e.doit = false;
        }
    }

    private void zoom(boolean larger) {
        grid.setCellSize(Math.round(grid.cellSize() * (larger ? 1.15f : 1 / 1.15f)));
    }

    private void keyDown(Event e) {
        int size = grid.model().size();
        if (size == 0) {
            return;
        }
        if (e.character == '+' || e.character == '-') {
            zoom(e.character == '+');
            return;
        }
        if ((e.stateMask & SWT.MOD1) != 0 && e.keyCode == 'a') {
            selection.all(size);
            grid.selectionMoved();
            return;
        }
        if (e.character == SWT.CR) {
            grid.open(selection.focus());
            return;
        }
        if (e.character == ' ' && selection.focus() >= 0) {
            selection.toggle(selection.focus());
            grid.selectionMoved();
            return;
        }
        int target = target(e.keyCode, size);
        if (target >= 0) {
            if ((e.stateMask & SWT.SHIFT) != 0) {
                selection.extendTo(target);
            } else {
                selection.only(target);
            }
            grid.reveal(target);
            grid.selectionMoved();
        }
    }

    /** The cell that a key leads to, or -1 for other keys. */
    private int target(int key, int size) {
        GridGeometry g = grid.geometry();
        int columns = g.columns();
        int page = Math.max(1, grid.getClientArea().height / g.rowHeight()) * columns;
        int from = selection.focus();
        int step;
        switch (key) {
            case SWT.ARROW_LEFT:
                step = -1;
                break;
            case SWT.ARROW_RIGHT:
                step = 1;
                break;
            case SWT.ARROW_UP:
                step = -columns;
                break;
            case SWT.ARROW_DOWN:
                step = columns;
                break;
            case SWT.PAGE_UP:
                step = -page;
                break;
            case SWT.PAGE_DOWN:
                step = page;
                break;
            case SWT.HOME:
                return 0;
            case SWT.END:
                return size - 1;
            default:
                return -1;
        }
        return from < 0 ? 0 : Math.max(0, Math.min(size - 1, from + step));
    }
}

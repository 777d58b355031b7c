package org.dinobench.ui.help.keys;

import java.util.List;
import org.dinobench.ui.help.Messages;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.TrayDialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.layout.TableColumnLayout;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.ColumnWeightData;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.TableViewerColumn;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.dialogs.PreferencesUtil;

/** All keys in one searchable list. */
public final class KeysDialog extends TrayDialog {
    private static final String PREFERENCES = "org.eclipse.ui.preferencePages.Keys"; // $NON-NLS-1$
    private static final int CHANGE = IDialogConstants.CLIENT_ID + 1;

    private final List<KeyRow> all;
    private Text search;
    private TableViewer table;
    private Label count;

    /**
     * Makes the dialog; it does not hinder work in the window behind it.
     *
     * @param parent the window
     * @param rows what it lists
     */
    public KeysDialog(Shell parent, List<KeyRow> rows) {
        super(parent);
        this.all = List.copyOf(rows);
        setShellStyle(SWT.SHELL_TRIM | SWT.MODELESS);
        setBlockOnOpen(false);
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(Messages.Keys_Title);
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        Composite area = (Composite) super.createDialogArea(parent);
        GridLayoutFactory.swtDefaults().margins(12, 12).spacing(8, 8).applyTo(area);
        Label text = new Label(area, SWT.WRAP);
        text.setText(Messages.Keys_Text);
        GridDataFactory.fillDefaults().grab(true, false).hint(560, SWT.DEFAULT).applyTo(text);
        search = new Text(area, SWT.SEARCH | SWT.ICON_SEARCH | SWT.ICON_CANCEL);
        search.setMessage(Messages.Keys_Search);
        search.addListener(SWT.Modify, e -> list());
        GridDataFactory.fillDefaults().grab(true, false).applyTo(search);
        Composite room = new Composite(area, SWT.NONE);
        GridDataFactory.fillDefaults().grab(true, true).hint(620, 420).applyTo(room);
        TableColumnLayout columns = new TableColumnLayout();
        room.setLayout(columns);
        table = new TableViewer(room, SWT.FULL_SELECTION | SWT.BORDER);
        table.getTable().setHeaderVisible(true);
        table.setContentProvider(ArrayContentProvider.getInstance());
        column(columns, Messages.Keys_Does, 45, KeyRow::does);
        column(columns, Messages.Keys_Key, 28, KeyRow::key);
        column(columns, Messages.Keys_Where, 27, KeyRow::where);
        count = new Label(area, SWT.NONE);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(count);
        list();
        PlatformUI.getWorkbench().getHelpSystem().setHelp(area, "org.dinobench.ui.help.keys"); // $NON-NLS-1$
        return area;
    }

    private void column(
            TableColumnLayout layout, String title, int weight, java.util.function.Function<KeyRow, String> text) {
        TableViewerColumn column = new TableViewerColumn(table, SWT.NONE);
        column.getColumn().setText(title);
        column.setLabelProvider(ColumnLabelProvider.createTextProvider(row -> text.apply((KeyRow) row)));
        layout.setColumnData(column.getColumn(), new ColumnWeightData(weight, 80));
    }

    private void list() {
        List<KeyRow> rows = all.stream().filter(r -> r.has(search.getText())).toList();
        table.setInput(rows);
        count.setText(NLS.bind(Messages.Keys_Count, rows.size()));
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        createButton(parent, CHANGE, Messages.Keys_Change, false);
        createButton(parent, IDialogConstants.CANCEL_ID, IDialogConstants.CLOSE_LABEL, true);
    }

    @Override
    protected void buttonPressed(int id) {
        if (id == CHANGE) {
            Shell parent = getParentShell();
            close();
            PreferencesUtil.createPreferenceDialogOn(parent, PREFERENCES, null, null)
                    .open();
        } else {
            super.buttonPressed(id);
        }
    }

    /** {@return the search field and what is listed, for tests} */
    public Text searchField() {
        return search;
    }

    /** {@return how many keys are listed} */
    public int listed() {
        return table.getTable().getItemCount();
    }

    @Override
    protected boolean isResizable() {
        return true;
    }

    @Override
    protected Point getInitialSize() {
        return new Point(680, 640);
    }
}

package org.dinobench.app.workbench.prefs;

import org.dinobench.app.workbench.Messages;
import org.dinobench.ui.common.prefs.Settings;
import org.dinobench.ui.common.theme.Themes;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.preference.PreferencePage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPreferencePage;
import org.eclipse.ui.PlatformUI;

/** The main page of preferences: workspace, theme, threads. */
public final class DinobenchPreferencePage extends PreferencePage implements IWorkbenchPreferencePage {
    private Button light;
    private Button dark;
    private Spinner threads;
    private Spinner cell;

    @Override
    public void init(IWorkbench workbench) {
        setDescription(Messages.Preferences_Text);
    }

    @Override
    protected Control createContents(Composite parent) {
        Composite page = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults()
                .numColumns(2)
                .spacing(12, 12)
                .margins(0, 8)
                .applyTo(page);
        label(page, Messages.Preferences_Workspace);
        Text folder = new Text(page, SWT.READ_ONLY | SWT.BORDER);
        folder.setText(ActiveWorkspace.get().root().toString());
        GridDataFactory.fillDefaults().grab(true, false).applyTo(folder);
        label(page, Messages.Preferences_Theme);
        Composite themes = new Composite(page, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).spacing(16, 0).applyTo(themes);
        light = radio(themes, Messages.Preferences_ThemeLight, !Themes.isDark());
        dark = radio(themes, Messages.Preferences_ThemeDark, Themes.isDark());
        label(page, Messages.Preferences_Threads);
        threads = spinner(page, Settings.threads(), 1, 32);
        label(page, ""); // $NON-NLS-1$
        label(page, Messages.Preferences_ThreadsHelp);
        label(page, Messages.Preferences_Cell);
        cell = spinner(page, Settings.cellSize(), 40, 320);
        PlatformUI.getWorkbench().getHelpSystem().setHelp(page, "org.dinobench.app.preferences"); // $NON-NLS-1$
        return page;
    }

    private static void label(Composite parent, String text) {
        new Label(parent, SWT.NONE).setText(text);
    }

    private static Button radio(Composite parent, String text, boolean on) {
        Button button = new Button(parent, SWT.RADIO);
        button.setText(text);
        button.setSelection(on);
        return button;
    }

    private static Spinner spinner(Composite parent, int value, int least, int most) {
        Spinner spinner = new Spinner(parent, SWT.BORDER);
        spinner.setValues(value, least, most, 0, 1, 8);
        return spinner;
    }

    @Override
    protected void performDefaults() {
        light.setSelection(true);
        dark.setSelection(false);
        threads.setSelection(Settings.DEFAULT_THREADS);
        cell.setSelection(Settings.DEFAULT_CELL);
        super.performDefaults();
    }

    @Override
    public boolean performOk() {
        Settings.setThreads(threads.getSelection());
        Settings.setCellSize(cell.getSelection());
        if (dark.getSelection() != Themes.isDark()) {
            Themes.setDark(dark.getSelection());
        }
        return super.performOk();
    }
}

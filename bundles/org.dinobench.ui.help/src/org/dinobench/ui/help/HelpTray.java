package org.dinobench.ui.help;

import org.dinobench.ui.help.page.HelpLibrary;
import org.dinobench.ui.help.page.HelpPage;
import org.dinobench.ui.help.page.Reader;
import org.eclipse.jface.dialogs.DialogTray;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;

/** Help at the right side of a dialog. */
final class HelpTray extends DialogTray {
    private static final int WIDTH = 340;

    private final HelpPage first;
    private Reader reader;

    HelpTray(HelpPage first) {
        this.first = first;
    }

    @Override
    protected Control createContents(Composite parent) {
        Composite room = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().applyTo(room);
        reader = new Reader(room, new HelpLibrary());
        GridDataFactory.fillDefaults().grab(true, true).hint(WIDTH, 200).applyTo(reader);
        reader.show(first, ""); // $NON-NLS-1$
        return room;
    }

    Reader reader() {
        return reader;
    }
}

package org.dinobench.ui.trainer.editor;

import java.util.List;
import java.util.function.IntConsumer;
import org.dinobench.ui.common.theme.Palette;
import org.dinobench.ui.trainer.Messages;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Link;

/** What is wrong with the spec, each a link to its line; takes no room when nothing is. */
final class ProblemBar extends Composite {
    private static final int MOST = 4;

    private final Link links;
    private List<SpecFault> faults = List.of();

    ProblemBar(Composite parent, IntConsumer onLine) {
        super(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().margins(14, 8).applyTo(this);
        links = new Link(this, SWT.WRAP);
        GridDataFactory.fillDefaults().grab(true, false).hint(400, SWT.DEFAULT).applyTo(links);
        links.addListener(SWT.Selection, e -> onLine.accept(Integer.parseInt(e.text)));
    }

    void show(List<SpecFault> now) {
        links.setForeground(Palette.of(this).bad());
        if (now.equals(faults)) {
            return;
        }
        faults = now;
        StringBuilder text = new StringBuilder();
        for (SpecFault fault : now.subList(0, Math.min(MOST, now.size()))) {
            text.append(text.isEmpty() ? "" : "\n") // $NON-NLS-1$ //$NON-NLS-2$
                    .append("<a href=\"") // $NON-NLS-1$
                    .append(fault.line())
                    .append("\">") // $NON-NLS-1$
                    .append(NLS.bind(Messages.Editor_Line, fault.line()))
                    .append("</a> ") // $NON-NLS-1$
                    // a link's text is markup: what was typed into the file is not
                    .append(fault.sentence()
                            .replace("&", "&&")
                            .replace('<', '\u2039')
                            .replace('>', '\u203A')); // $NON-NLS-1$ //$NON-NLS-2$
        }
        if (now.size() > MOST) {
            text.append('\n').append(NLS.bind(Messages.Editor_More, now.size() - MOST));
        }
        links.setText(text.toString());
        ((GridData) getLayoutData()).exclude = now.isEmpty();
        setVisible(!now.isEmpty());
        getParent().layout(true, true);
    }

    String words() {
        return links.getText();
    }
}

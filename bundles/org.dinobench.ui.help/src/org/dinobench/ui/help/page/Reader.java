package org.dinobench.ui.help.page;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.dinobench.ui.help.Messages;
import org.dinobench.ui.help.markdown.Block;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.program.Program;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Link;

/** Pages with a way back. */
public final class Reader extends Composite {
    private record Place(HelpPage page, String anchor) {}

    private final HelpLibrary library;
    private final PageView view;
    private final Link back;
    private final Deque<Place> earlier = new ArrayDeque<>();
    private Place now;

    /**
     * Makes an empty reader.
     *
     * @param parent the parent
     * @param library where pages are
     */
    public Reader(Composite parent, HelpLibrary library) {
        super(parent, SWT.NONE);
        this.library = library;
        GridLayoutFactory.fillDefaults().spacing(0, 0).applyTo(this);
        back = new Link(this, SWT.NONE);
        back.setText("<a>\u2039 " + Messages.Help_Back + "</a>"); // $NON-NLS-1$ //$NON-NLS-2$
        back.addListener(SWT.Selection, e -> back());
        GridDataFactory.fillDefaults().indent(16, 6).exclude(true).applyTo(back);
        back.setVisible(false);
        view = new PageView(this, library, this::open);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(view);
    }

    /**
     * Opens an address; places on the web are opened by the system's browser.
     *
     * @param href the address
     */
    public void open(String href) {
        if (href.contains("://")) { // $NON-NLS-1$
            Program.launch(href);
            return;
        }
        Optional<HelpPage> page = library.page(href);
        show(page.orElseGet(() -> missing(href)), HelpLibrary.anchor(href));
    }

    /**
     * Shows a page, and keeps the present one for the way back.
     *
     * @param page the page
     * @param anchor of the heading to begin with, empty for the top
     */
    public void show(HelpPage page, String anchor) {
        if (now != null) {
            earlier.push(now);
        }
        go(new Place(page, anchor));
    }

    /** {@return the page that is shown, or null} */
    public HelpPage page() {
        return view.page();
    }

    /** Goes back to the page before, when there is one. */
    public void back() {
        if (!earlier.isEmpty()) {
            go(earlier.pop());
        }
    }

    private void go(Place place) {
        now = place;
        ((org.eclipse.swt.layout.GridData) back.getLayoutData()).exclude = earlier.isEmpty();
        back.setVisible(!earlier.isEmpty());
        layout(true);
        view.show(place.page(), place.anchor());
    }

    private static HelpPage missing(String href) {
        return new HelpPage(
                href, java.util.List.of(new Block.Paragraph(NLS.bind(Messages.Help_Missing, "`" + href + "`"))));
    }
}

package org.dinobench.ui.help.page;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.dinobench.ui.common.theme.Fonts;
import org.dinobench.ui.common.theme.Palette;
import org.dinobench.ui.help.Messages;
import org.dinobench.ui.help.markdown.Block;
import org.eclipse.core.runtime.ILog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.SWTException;
import org.eclipse.swt.custom.ScrolledComposite;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Text;

/** A page from top to bottom, as wide as there is room. */
public final class PageView extends Composite {
    private static final int WIDEST = 860;
    private static final int MARGIN = 16;

    private final HelpLibrary library;
    private final Consumer<String> follow;
    private final ScrolledComposite scroll;
    private final Fonts fonts;
    private final Map<String, Control> anchors = new HashMap<>();
    private HelpPage page;
    private String anchor = ""; // $NON-NLS-1$
    private Composite body;
    private boolean drawnDark;

    /**
     * Makes an empty view.
     *
     * @param parent the parent
     * @param library where pictures are
     * @param follow gets the address of a link that is pressed
     */
    public PageView(Composite parent, HelpLibrary library, Consumer<String> follow) {
        super(parent, SWT.NONE);
        this.library = library;
        this.follow = follow;
        fonts = new Fonts(this);
        setLayout(GridLayoutFactory.fillDefaults().create());
        scroll = new ScrolledComposite(this, SWT.V_SCROLL);
        scroll.setExpandHorizontal(true);
        scroll.getVerticalBar().setIncrement(40);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(scroll);
        scroll.addListener(SWT.Resize, e -> fit());
        addListener(SWT.Paint, e -> recolor());
    }

    /**
     * Shows a page.
     *
     * @param shown the page
     * @param at anchor of the heading to begin with, empty for the top
     */
    public void show(HelpPage shown, String at) {
        page = shown;
        anchor = at;
        anchors.clear();
        if (body != null) {
            body.dispose();
        }
        Palette palette = Palette.of(getShell());
        drawnDark = palette.dark();
        body = new Composite(scroll, SWT.NONE);
        body.setBackground(palette.canvas());
        scroll.setBackground(palette.canvas());
        GridLayoutFactory.fillDefaults().margins(MARGIN, MARGIN).spacing(0, 10).applyTo(body);
        PageText texts = new PageText(fonts, palette, link -> follow.accept(HelpLibrary.resolve(page, link)));
        for (Block block : page.blocks()) {
            Control control = control(block, texts, palette);
            if (block instanceof Block.Heading heading) {
                anchors.putIfAbsent(heading.anchor(), control);
            }
        }
        // the theme may paint the page in its own way; the rest of the view goes with it
        body.addListener(SWT.Paint, e -> scroll.setBackground(body.getBackground()));
        scroll.setContent(body);
        fit();
        Control start = anchors.get(at);
        scroll.setOrigin(0, start == null ? 0 : Math.max(0, start.getLocation().y - 8));
    }

    /** {@return the page that is shown, or null} */
    public HelpPage page() {
        return page;
    }

    private Control control(Block block, PageText texts, Palette palette) {
        if (block instanceof Block.Heading heading) {
            Control text = texts.heading(body, heading.text(), heading.level());
            grab(text).indent(0, heading.level() == 1 ? 0 : 8).applyTo(text);
            return text;
        } else if (block instanceof Block.Items items) {
            return placed(texts.items(body, items.items(), items.numbered()));
        } else if (block instanceof Block.Table table) {
            return placed(table(table.rows(), texts, palette));
        } else if (block instanceof Block.Picture picture) {
            return picture(picture, palette);
        } else if (block instanceof Block.Code code) {
            Text lines = new Text(body, SWT.READ_ONLY | SWT.MULTI | SWT.H_SCROLL);
            lines.setText(code.text());
            lines.setFont(JFaceResources.getTextFont());
            lines.setBackground(palette.card());
            lines.setForeground(palette.text());
            return placed(lines);
        }
        return placed(texts.paragraph(body, HelpPage.words(block).isEmpty() ? "" : ((Block.Paragraph) block).text()));
    }

    private static GridDataFactory grab(Control control) {
        return GridDataFactory.fillDefaults()
                .grab(true, false)
                .hint(200, SWT.DEFAULT)
                .align(SWT.FILL, control instanceof Text ? SWT.BEGINNING : SWT.FILL);
    }

    private static Control placed(Control control) {
        grab(control).applyTo(control);
        return control;
    }

    private Composite table(List<List<String>> rows, PageText texts, Palette palette) {
        Composite table = new Composite(body, SWT.NONE);
        table.setBackground(palette.canvas());
        GridLayoutFactory.fillDefaults()
                .numColumns(rows.get(0).size())
                .spacing(18, 6)
                .applyTo(table);
        for (int r = 0; r < rows.size(); r++) {
            for (int c = 0; c < rows.get(r).size(); c++) {
                String cell = rows.get(r).get(c);
                Control text = r == 0 ? texts.strong(table, cell) : texts.paragraph(table, cell);
                boolean last = c == rows.get(r).size() - 1;
                GridDataFactory data = GridDataFactory.fillDefaults().align(SWT.FILL, SWT.BEGINNING);
                // the last column takes what is left, the others a fixed share: texts wrap by their hints
                data.grab(last, false)
                        .hint(last ? 120 : Math.min(240, 480 / rows.get(0).size()), SWT.DEFAULT)
                        .applyTo(text);
            }
        }
        return table;
    }

    private Control picture(Block.Picture block, Palette palette) {
        URL file = library.beside(page, block.file()).orElse(null);
        if (file != null) {
            try (InputStream in = file.openStream()) {
                Image image = new Image(getDisplay(), in);
                PictureCanvas canvas = new PictureCanvas(body, image, block.words());
                canvas.setBackground(palette.canvas());
                return placed(canvas);
            } catch (IOException | SWTException e) {
                ILog.of(PageView.class).error("A picture of the guide cannot be read: " + file, e); // $NON-NLS-1$
            }
        }
        return placed(
                new PageText(fonts, palette, follow).paragraph(body, NLS.bind(Messages.Help_Picture, block.words())));
    }

    private void fit() {
        if (body != null && !body.isDisposed()) {
            int width = Math.max(160, Math.min(WIDEST, scroll.getClientArea().width));
            body.setSize(width, body.computeSize(width, SWT.DEFAULT, true).y);
            body.layout(true, true);
        }
    }

    private void recolor() {
        if (page != null && Palette.of(getShell()).dark() != drawnDark) {
            getDisplay().asyncExec(() -> {
                if (!isDisposed()) {
                    show(page, anchor);
                }
            });
        }
    }
}

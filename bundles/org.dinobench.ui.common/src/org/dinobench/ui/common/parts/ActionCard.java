package org.dinobench.ui.common.parts;

import org.dinobench.ui.common.theme.Fonts;
import org.dinobench.ui.common.theme.Icons;
import org.dinobench.ui.common.theme.Palette;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleControlAdapter;
import org.eclipse.swt.accessibility.AccessibleControlEvent;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.graphics.TextLayout;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;

/**
 * A card with an icon, a title and one or two sentences, that acts like a button: click, Enter and Space call its
 * listeners. A card can also be one of several choices and is then drawn as chosen.
 */
public final class ActionCard extends Canvas {
    private static final int PAD = 16;
    private static final int ICON = 32;

    private final Fonts fonts;
    private final Image icon;
    private final String title;
    private final String text;
    private boolean over;
    private boolean chosen;
    private boolean choice;

    /**
     * Makes a card.
     *
     * @param parent the parent
     * @param icon drawn at 32 points
     * @param title a few words
     * @param text what happens, in plain words
     */
    public ActionCard(Composite parent, Icons icon, String title, String text) {
        super(parent, SWT.DOUBLE_BUFFERED);
        this.fonts = new Fonts(this);
        this.title = title;
        this.text = text;
        this.icon = new Image(getDisplay(), (org.eclipse.swt.graphics.ImageDataProvider)
                zoom -> icon.descriptor().getImageData(zoom * ICON / 16));
        setCursor(getDisplay().getSystemCursor(SWT.CURSOR_HAND));
        addListener(SWT.Dispose, e -> this.icon.dispose());
        addListener(SWT.Paint, e -> paint(e.gc));
        addListener(SWT.MouseEnter, e -> hover(true));
        addListener(SWT.MouseExit, e -> hover(false));
        addListener(SWT.FocusIn, e -> redraw());
        addListener(SWT.FocusOut, e -> redraw());
        addListener(SWT.MouseDown, e -> setFocus());
        addListener(SWT.MouseUp, e -> {
            if (e.button == 1 && getClientArea().contains(e.x, e.y)) {
                notifyListeners(SWT.Selection, new Event());
            }
        });
        addListener(SWT.KeyDown, e -> {
            if (e.character == ' ' || e.character == SWT.CR && !choice) {
                notifyListeners(SWT.Selection, new Event());
            }
        });
        // a card that is one of several choices leaves Enter to the dialog's default button
        addListener(SWT.Traverse, e -> e.doit = choice || e.detail != SWT.TRAVERSE_RETURN);
        describe();
    }

    /**
     * Adds a listener for activation.
     *
     * @param action called on the UI thread
     */
    public void onSelect(Runnable action) {
        addListener(SWT.Selection, e -> action.run());
    }

    /**
     * Draws the card as the chosen one of several.
     *
     * @param value true when chosen
     */
    public void setChosen(boolean value) {
        chosen = value;
        choice = true;
        redraw();
    }

    /** {@return whether the card is drawn as chosen} */
    public boolean chosen() {
        return chosen;
    }

    /** {@return the title} */
    public String title() {
        return title;
    }

    @Override
    public Point computeSize(int wHint, int hHint, boolean changed) {
        int width = wHint == SWT.DEFAULT ? 300 : wHint;
        TextLayout layout = layoutText(width);
        GC gc = new GC(this);
        gc.setFont(fonts.heading());
        int head = gc.getFontMetrics().getHeight();
        gc.dispose();
        int height = Math.max(ICON, head + 6 + layout.getBounds().height) + 2 * PAD;
        layout.dispose();
        return new Point(width, hHint == SWT.DEFAULT ? height : hHint);
    }

    private TextLayout layoutText(int width) {
        TextLayout layout = new TextLayout(getDisplay());
        layout.setFont(fonts.body());
        layout.setText(text);
        layout.setSpacing(2);
        layout.setWidth(Math.max(40, width - 3 * PAD - ICON));
        return layout;
    }

    private void hover(boolean value) {
        over = value;
        redraw();
    }

    private void paint(GC gc) {
        Palette palette = Palette.of(getParent());
        Rectangle area = getClientArea();
        gc.setAntialias(SWT.ON);
        gc.setBackground(getParent().getBackground());
        gc.fillRectangle(area);
        gc.setBackground(chosen ? palette.selection() : over ? palette.cardHover() : palette.card());
        gc.fillRoundRectangle(1, 1, area.width - 3, area.height - 3, 12, 12);
        Color border = chosen || isFocusControl() ? palette.accent() : palette.line();
        gc.setForeground(border);
        gc.setLineWidth(chosen || isFocusControl() ? 2 : 1);
        gc.drawRoundRectangle(1, 1, area.width - 3, area.height - 3, 12, 12);
        gc.drawImage(icon, PAD, PAD);
        int x = 2 * PAD + ICON;
        gc.setForeground(palette.text());
        gc.setFont(fonts.heading());
        gc.drawText(title, x, PAD - 2, true);
        int y = PAD + gc.getFontMetrics().getHeight() + 4;
        gc.setForeground(palette.subtle());
        TextLayout layout = layoutText(area.width);
        layout.draw(gc, x, y);
        layout.dispose();
    }

    private void describe() {
        getAccessible().addAccessibleListener(new AccessibleAdapter() {
            @Override
            public void getName(AccessibleEvent e) {
                e.result = title;
            }

            @Override
            public void getDescription(AccessibleEvent e) {
                e.result = text;
            }
        });
        getAccessible().addAccessibleControlListener(new AccessibleControlAdapter() {
            @Override
            public void getRole(AccessibleControlEvent e) {
                e.detail = ACC.ROLE_PUSHBUTTON;
            }
        });
    }
}

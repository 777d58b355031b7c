package org.dinobench.ui.common.parts;

import org.dinobench.ui.common.theme.Fonts;
import org.dinobench.ui.common.theme.Icons;
import org.dinobench.ui.common.theme.Palette;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageDataProvider;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;

/** What a view shows when it has nothing to show: why, what to do next, and a button that does it. */
public final class EmptyState extends Composite {
    private static final int ICON = 48;

    private final Composite middle;
    private final Label title;
    private final Label text;
    private final Label picture;
    private final Fonts fonts;

    /**
     * Makes an empty state without words; set them by {@link #say}.
     *
     * @param parent the parent
     * @param icon drawn large above the words
     */
    public EmptyState(Composite parent, Icons icon) {
        super(parent, SWT.NONE);
        setBackgroundMode(SWT.INHERIT_FORCE);
        fonts = new Fonts(this);
        GridLayoutFactory.fillDefaults().margins(24, 24).applyTo(this);
        middle = new Composite(this, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(8, 10).applyTo(middle);
        GridDataFactory.swtDefaults()
                .align(SWT.CENTER, SWT.CENTER)
                .grab(true, true)
                .applyTo(middle);
        Image image = new Image(
                getDisplay(), (ImageDataProvider) zoom -> icon.descriptor().getImageData(zoom * ICON / 16));
        addListener(SWT.Dispose, e -> image.dispose());
        picture = new Label(middle, SWT.CENTER);
        picture.setImage(image);
        GridDataFactory.fillDefaults().align(SWT.CENTER, SWT.CENTER).applyTo(picture);
        title = new Label(middle, SWT.CENTER | SWT.WRAP);
        title.setFont(fonts.heading());
        GridDataFactory.fillDefaults().align(SWT.CENTER, SWT.CENTER).applyTo(title);
        text = new Label(middle, SWT.CENTER | SWT.WRAP);
        GridDataFactory.fillDefaults()
                .align(SWT.CENTER, SWT.CENTER)
                .hint(360, SWT.DEFAULT)
                .applyTo(text);
        addListener(SWT.Resize, e -> fit());
        addListener(SWT.Paint, e -> recolor());
    }

    /**
     * Sets the words.
     *
     * @param head what is missing, in a few words
     * @param advice what to do next
     */
    public void say(String head, String advice) {
        title.setText(head);
        text.setText(advice);
        fit();
    }

    /**
     * Adds a button.
     *
     * @param label its text
     * @param action what it does
     * @return this
     */
    public EmptyState action(String label, Runnable action) {
        Button button = new Button(middle, SWT.PUSH);
        button.setText(label);
        button.addListener(SWT.Selection, e -> action.run());
        GridDataFactory.fillDefaults()
                .align(SWT.CENTER, SWT.CENTER)
                .indent(0, 6)
                .applyTo(button);
        return this;
    }

    /** {@return the words that are shown, for tests and assistive technology} */
    public String words() {
        return title.getText() + "\n" + text.getText(); // $NON-NLS-1$
    }

    private void fit() {
        int width = Math.max(120, Math.min(380, getClientArea().width - 48));
        ((org.eclipse.swt.layout.GridData) text.getLayoutData()).widthHint = width;
        ((org.eclipse.swt.layout.GridData) title.getLayoutData()).widthHint = width;
        boolean tall = getClientArea().height > 190;
        picture.setVisible(tall);
        ((org.eclipse.swt.layout.GridData) picture.getLayoutData()).exclude = !tall;
        middle.layout(true, true);
        layout(true, true);
    }

    private void recolor() {
        Palette palette = Palette.of(this);
        if (!palette.subtle().equals(text.getForeground())) {
            text.setForeground(palette.subtle());
            title.setForeground(palette.text());
        }
    }
}

package org.dinobench.ui.losses.view;

import java.util.List;
import java.util.stream.Collectors;
import org.dinobench.ui.common.theme.Fonts;
import org.dinobench.ui.common.theme.Palette;
import org.dinobench.ui.common.theme.Themes;
import org.dinobench.ui.losses.Messages;
import org.dinobench.ui.losses.model.Effects;
import org.dinobench.ui.losses.model.LossModel;
import org.dinobench.ui.losses.model.LossWarning;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StyleRange;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;

/** Warnings and changes, in words. */
final class ChangesPanel extends Composite {
    private final LossModel model;
    private final Fonts fonts;
    private final StyledText text;
    private final Button copy;

    ChangesPanel(Composite parent, LossModel model) {
        super(parent, SWT.NONE);
        this.model = model;
        this.fonts = new Fonts(this);
        GridLayout layout =
                GridLayoutFactory.fillDefaults().margins(0, 0).spacing(0, 0).create();
        setLayout(layout);
        text = new StyledText(this, SWT.READ_ONLY | SWT.WRAP | SWT.V_SCROLL | SWT.MULTI);
        text.setMargins(14, 10, 14, 10);
        text.setLineSpacing(3);
        text.setCaret(null);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(text);
        copy = new Button(this, SWT.PUSH);
        copy.setText(Messages.View_Copy);
        copy.addListener(SWT.Selection, e -> copy());
        GridDataFactory.swtDefaults().align(SWT.CENTER, SWT.CENTER).indent(0, 6).applyTo(copy);
    }

    void fill() {
        Palette palette = Palette.of(Themes.isDark());
        text.setRedraw(false);
        text.setBackground(palette.card());
        text.setForeground(palette.text());
        text.setText(""); // $NON-NLS-1$
        List<LossWarning> warnings = model.warnings();
        if (!warnings.isEmpty()) {
            add(Messages.View_Warnings + "\n\n", palette.warning(), fonts.heading()); // $NON-NLS-1$
            for (LossWarning warning : warnings) {
                add(warning.title() + "\n", palette.text(), fonts.strong()); // $NON-NLS-1$
                add(warning.text() + "\n\n", palette.subtle(), fonts.body()); // $NON-NLS-1$
            }
        }
        add(Messages.View_Changes + "\n\n", palette.text(), fonts.heading()); // $NON-NLS-1$
        List<String> changes = model.changes();
        if (changes.isEmpty()) {
            add(
                    Messages.View_NoChanges + "\n" + Messages.View_NoChangesText,
                    palette.subtle(),
                    fonts.body()); // $NON-NLS-1$
        }
        for (String path : changes) {
            String before = model.presetText(path);
            String now = model.text(path);
            add(
                    path + ": " + before + " \u2192 " + now + "\n",
                    palette.accent(),
                    fonts.strong()); // $NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
            add(Effects.of(model.key(path), before, now) + "\n\n", palette.text(), fonts.body()); // $NON-NLS-1$
        }
        text.setRedraw(true);
        copy.setEnabled(!changes.isEmpty());
    }

    String words() {
        return text.getText();
    }

    private void add(String words, Color color, Font font) {
        StyleRange style = new StyleRange();
        style.start = text.getCharCount();
        style.length = words.length();
        style.foreground = color;
        style.font = font;
        text.append(words);
        text.setStyleRange(style);
    }

    private void copy() {
        String options = model.assignments().stream()
                .map(a -> "--set '" + a + "'") // $NON-NLS-1$ //$NON-NLS-2$
                .collect(Collectors.joining(" ")); // $NON-NLS-1$
        Clipboard clipboard = new Clipboard(getDisplay());
        clipboard.setContents(
                new Object[] {"--preset " + model.preset() + " " + options}, // $NON-NLS-1$ //$NON-NLS-2$
                new Transfer[] {TextTransfer.getInstance()});
        clipboard.dispose();
    }
}

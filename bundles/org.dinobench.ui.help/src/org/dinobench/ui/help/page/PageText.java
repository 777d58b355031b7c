package org.dinobench.ui.help.page;

import java.util.List;
import java.util.function.Consumer;
import org.dinobench.ui.common.theme.Fonts;
import org.dinobench.ui.common.theme.Palette;
import org.dinobench.ui.help.markdown.Inline;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.forms.HyperlinkSettings;
import org.eclipse.ui.forms.events.HyperlinkAdapter;
import org.eclipse.ui.forms.events.HyperlinkEvent;
import org.eclipse.ui.forms.widgets.FormText;

/** Makes texts with links, in the colours of the theme. */
final class PageText {
    private final Fonts fonts;
    private final Palette palette;
    private final Consumer<String> follow;

    /** @param follow gets the address of a link that is pressed */
    PageText(Fonts fonts, Palette palette, Consumer<String> follow) {
        this.fonts = fonts;
        this.palette = palette;
        this.follow = follow;
    }

    FormText paragraph(Composite parent, String text) {
        return make(parent, "<form><p>" + Inline.form(text) + "</p></form>", fonts.body()); // $NON-NLS-1$ //$NON-NLS-2$
    }

    FormText strong(Composite parent, String text) {
        return make(
                parent, "<form><p>" + Inline.form(text) + "</p></form>", fonts.strong()); // $NON-NLS-1$ //$NON-NLS-2$
    }

    FormText heading(Composite parent, String text, int level) {
        Font font = level == 1 ? fonts.title() : level == 2 ? fonts.heading() : fonts.strong();
        return make(parent, "<form><p>" + Inline.form(text) + "</p></form>", font); // $NON-NLS-1$ //$NON-NLS-2$
    }

    FormText items(Composite parent, List<String> items, boolean numbered) {
        StringBuilder form = new StringBuilder("<form>"); // $NON-NLS-1$
        for (int i = 0; i < items.size(); i++) {
            form.append(
                            numbered
                                    ? "<li style=\"text\" value=\"" + (i + 1) + ".\" indent=\"22\">" // $NON-NLS-1$
                                    : "<li style=\"text\" value=\"\u2022\" indent=\"16\">") // $NON-NLS-1$
                    .append(Inline.form(items.get(i)))
                    .append("</li>"); // $NON-NLS-1$
        }
        return make(parent, form.append("</form>").toString(), fonts.body()); // $NON-NLS-1$
    }

    private FormText make(Composite parent, String form, Font font) {
        FormText text = new FormText(parent, SWT.NO_BACKGROUND | SWT.WRAP);
        text.marginWidth = 0;
        HyperlinkSettings links = new HyperlinkSettings(text.getDisplay());
        links.setForeground(palette.accent());
        links.setActiveForeground(palette.accent());
        text.setHyperlinkSettings(links);
        text.setFont(font);
        text.setFont("code", JFaceResources.getTextFont()); // $NON-NLS-1$
        text.setFont("italic", fonts.italic()); // $NON-NLS-1$
        text.setBackground(palette.canvas());
        text.setForeground(palette.text());
        text.setText(form, true, false);
        text.addHyperlinkListener(new HyperlinkAdapter() {
            @Override
            public void linkActivated(HyperlinkEvent e) {
                follow.accept(String.valueOf(e.getHref()));
            }
        });
        return text;
    }
}

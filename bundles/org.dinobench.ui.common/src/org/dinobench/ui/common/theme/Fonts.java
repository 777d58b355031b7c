package org.dinobench.ui.common.theme;

import org.eclipse.jface.resource.FontDescriptor;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.resource.LocalResourceManager;
import org.eclipse.jface.resource.ResourceManager;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.widgets.Control;

/** The few text sizes of the workbench, derived from the user's dialog font and disposed with their owner. */
public final class Fonts {
    private final ResourceManager resources;

    /**
     * Fonts that live as long as a control.
     *
     * @param owner the control that uses them
     */
    public Fonts(Control owner) {
        this.resources = new LocalResourceManager(JFaceResources.getResources(), owner);
    }

    /** {@return the font of a page title} */
    public Font title() {
        return derived(8, SWT.NORMAL);
    }

    /** {@return the font of a section or of a card's head} */
    public Font heading() {
        return derived(2, SWT.BOLD);
    }

    /** {@return the font of running text, in bold} */
    public Font strong() {
        return derived(0, SWT.BOLD);
    }

    /** {@return the font of running text} */
    public Font body() {
        return derived(0, SWT.NORMAL);
    }

    /** {@return the font of running text, slanted} */
    public Font italic() {
        return derived(0, SWT.ITALIC);
    }

    /** {@return the font of captions under pictures} */
    public Font caption() {
        return derived(-1, SWT.NORMAL);
    }

    private Font derived(int more, int style) {
        FontDescriptor dialog = FontDescriptor.createFrom(JFaceResources.getDialogFont());
        return resources.create(dialog.increaseHeight(more).setStyle(style));
    }
}

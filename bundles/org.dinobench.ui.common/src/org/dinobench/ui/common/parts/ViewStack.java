package org.dinobench.ui.common.parts;

import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;

/** A place that shows one of several controls: the content of a view, or its {@link EmptyState}. */
public final class ViewStack extends Composite {
    private final StackLayout layout = new StackLayout();

    /**
     * Makes an empty stack.
     *
     * @param parent the parent
     */
    public ViewStack(Composite parent) {
        super(parent, SWT.NONE);
        setLayout(layout);
    }

    /**
     * Shows a child.
     *
     * @param child a child of this stack
     */
    public void show(Control child) {
        if (layout.topControl != child) {
            layout.topControl = child;
            layout();
        }
    }

    /** {@return the child that is shown, or null} */
    public Control shown() {
        return layout.topControl;
    }
}

package org.dinobench.ui.common.parts;

import java.util.function.Supplier;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.widgets.Control;

/** Tells screen readers what a drawn control is. */
public final class AccessibleName {
    private AccessibleName() {}

    /**
     * Gives a control a name.
     *
     * @param control a control that draws itself and so has no text
     * @param name asked each time, so that it can tell the present state
     */
    public static void set(Control control, Supplier<String> name) {
        control.getAccessible().addAccessibleListener(new AccessibleAdapter() {
            @Override
            public void getName(AccessibleEvent e) {
                e.result = name.get();
            }
        });
    }
}

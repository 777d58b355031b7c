package org.dinobench.ui.common.properties;

import org.eclipse.ui.views.properties.IPropertySheetEntry;
import org.eclipse.ui.views.properties.PropertySheetPage;
import org.eclipse.ui.views.properties.PropertySheetSorter;

/** A page of the Properties view that keeps facts in their order instead of sorting them by name. */
public final class FactsPage extends PropertySheetPage {
    /** A page for one view. */
    public FactsPage() {
        setSorter(new PropertySheetSorter() {
            @Override
            public int compare(IPropertySheetEntry one, IPropertySheetEntry other) {
                return 0;
            }

            @Override
            public int compareCategories(String one, String other) {
                return 0;
            }
        });
    }
}

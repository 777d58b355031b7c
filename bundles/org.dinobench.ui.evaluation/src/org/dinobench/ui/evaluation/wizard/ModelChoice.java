package org.dinobench.ui.evaluation.wizard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.dinobench.ui.common.workspace.ItemKind;
import org.dinobench.ui.common.workspace.ModelSource;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;

/** The models of the workspace in a list, with one that was chosen elsewhere, such as a checkpoint, at its head. */
final class ModelChoice {
    private final Combo combo;
    private final List<ModelSource> models = new ArrayList<>();

    ModelChoice(Composite parent, ModelSource preferred, Runnable onChange) {
        if (preferred != null) {
            models.add(preferred);
        }
        for (ItemKind kind : List.of(ItemKind.RUN, ItemKind.EXPORT)) {
            ActiveWorkspace.get().snapshot().of(kind).forEach(item -> ModelSource.of(item)
                    .filter(m -> !models.contains(m))
                    .ifPresent(models::add));
        }
        combo = new Combo(parent, SWT.READ_ONLY | SWT.DROP_DOWN);
        combo.setItems(models.stream().map(ModelSource::name).toArray(String[]::new));
        combo.select(models.isEmpty() ? -1 : 0);
        combo.addListener(SWT.Selection, e -> onChange.run());
        GridDataFactory.fillDefaults()
                .grab(true, false)
                .align(SWT.FILL, SWT.CENTER)
                .applyTo(combo);
    }

    Optional<ModelSource> chosen() {
        int at = combo.getSelectionIndex();
        return at < 0 ? Optional.empty() : Optional.of(models.get(at));
    }
}

package org.dinobench.ui.common.workspace;

import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.jface.viewers.IStructuredSelection;

/**
 * Something that a model can be read from: a run, one of its checkpoints, or an export. What a view selects may adapt to
 * it.
 *
 * @param name what people call it
 * @param path the run's folder, the checkpoint's folder, or the export
 */
public record ModelSource(String name, Path path) {
    /**
     * The model behind a selected element.
     *
     * @param element a workspace item, or anything that adapts to a model source; may be null
     * @return the model, empty when there is none behind it
     */
    public static Optional<ModelSource> of(Object element) {
        if (element instanceof WorkspaceItem item) {
            return item.kind() == ItemKind.RUN || item.kind() == ItemKind.EXPORT
                    ? Optional.of(new ModelSource(item.name(), item.folder()))
                    : Optional.empty();
        }
        return element == null ? Optional.empty() : Optional.ofNullable(Adapters.adapt(element, ModelSource.class));
    }

    /**
     * The model behind a selection.
     *
     * @param selection may be null
     * @return the model of its first element, empty when there is none
     */
    public static Optional<ModelSource> of(IStructuredSelection selection) {
        return selection == null ? Optional.empty() : of(selection.getFirstElement());
    }
}

package org.dinobench.ui.common.workspace;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.jface.viewers.ISelection;
import org.eclipse.jface.viewers.IStructuredSelection;

/**
 * An image that a view of any bundle has selected; what is selected adapts to it.
 *
 * @param name its name for people
 * @param file the file
 * @param label its label, empty for none
 */
public record PictureFile(String name, Path file, String label) {
    /**
     * The images of a selection.
     *
     * @param selection any selection, may be null
     * @return its images in order; none when it holds other things
     */
    public static List<PictureFile> of(ISelection selection) {
        List<PictureFile> found = new ArrayList<>();
        if (selection instanceof IStructuredSelection structured) {
            for (Object element : structured) {
                PictureFile picture = Adapters.adapt(element, PictureFile.class);
                if (picture != null) {
                    found.add(picture);
                }
            }
        }
        return List.copyOf(found);
    }
}

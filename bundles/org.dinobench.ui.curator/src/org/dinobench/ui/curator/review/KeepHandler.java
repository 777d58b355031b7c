package org.dinobench.ui.curator.review;

import java.util.ArrayList;
import java.util.List;
import org.dinobench.ui.curator.model.ImageElement;
import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExecutableExtension;
import org.eclipse.ui.handlers.HandlerUtil;

/** Keeps or drops the images that are selected, as the extension says. */
public final class KeepHandler extends AbstractHandler implements IExecutableExtension {
    private boolean keep = true;

    @Override
    public void setInitializationData(IConfigurationElement element, String property, Object data) {
        keep = !"drop".equals(data); // $NON-NLS-1$
    }

    @Override
    public Object execute(ExecutionEvent event) {
        List<ImageElement> images = new ArrayList<>();
        for (Object element : HandlerUtil.getCurrentStructuredSelection(event)) {
            if (element instanceof ImageElement image
                    && (images.isEmpty() || images.get(0).dataset().equals(image.dataset()))) {
                images.add(image);
            }
        }
        decide(images, keep);
        return null;
    }

    /**
     * Decides on those images that are not so already.
     *
     * @param images of one dataset
     * @param keep whether they stay
     */
    public static void decide(List<ImageElement> images, boolean keep) {
        List<ImageElement> others = images.stream()
                .filter(i -> i.decodes() && i.entry().keep() != keep)
                .toList();
        if (!others.isEmpty()) {
            new KeepOperation(others, keep).perform();
        }
    }
}

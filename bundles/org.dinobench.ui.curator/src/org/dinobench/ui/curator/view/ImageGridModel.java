package org.dinobench.ui.curator.view;

import java.util.List;
import java.util.Map;
import org.dinobench.core.catalog.CatalogEntry;
import org.dinobench.ui.common.grid.CellMark;
import org.dinobench.ui.common.grid.GridModel;
import org.dinobench.ui.curator.Messages;
import org.dinobench.ui.curator.model.DatasetContent;
import org.dinobench.ui.curator.model.ImageElement;
import org.dinobench.ui.curator.similarity.SimilarityCanvas;
import org.eclipse.osgi.util.NLS;

/**
 * Images of a dataset in the grid: a bar in the colour of the label, dropped ones pale; how alike they are, where that is
 * what they were looked for.
 */
final class ImageGridModel implements GridModel {
    private static final String GROUPED = "\u2248"; // $NON-NLS-1$

    private final DatasetContent content;
    private final List<ImageElement> images;
    private final Map<Long, Double> similarity;
    private final Map<Integer, String> names;

    ImageGridModel(DatasetContent content, List<ImageElement> images, Map<Long, Double> similarity) {
        this.content = content;
        this.images = images;
        this.similarity = similarity;
        this.names = content.clusterNames();
    }

    @Override
    public int size() {
        return images.size();
    }

    @Override
    public ImageElement element(int index) {
        return images.get(index);
    }

    @Override
    public Object pictureKey(int index) {
        return images.get(index).pictureKey();
    }

    @Override
    public String caption(int index) {
        return images.get(index).name();
    }

    @Override
    public CellMark mark(int index) {
        ImageElement image = images.get(index);
        Double alike = similarity.get(image.entry().id());
        String badge = alike != null ? SimilarityCanvas.text(alike) : image.grouped() ? GROUPED : ""; // $NON-NLS-1$
        return new CellMark(
                content.colorOf(image.entry().label()), !image.entry().keep(), badge);
    }

    @Override
    public String details(int index) {
        CatalogEntry e = images.get(index).entry();
        StringBuilder text = new StringBuilder(images.get(index).name());
        if (!e.label().isEmpty()) {
            text.append('\n').append(e.label());
        }
        text.append('\n').append(e.width()).append(" \u00d7 ").append(e.height()); // $NON-NLS-1$
        if (e.cluster().isPresent()) {
            int cluster = e.cluster().getAsInt();
            String name = names.get(cluster);
            text.append('\n').append(name == null ? NLS.bind(Messages.Clusters_Title, cluster) : name);
        }
        if (!e.reason().isEmpty()) {
            text.append('\n').append(e.reason());
        }
        return text.toString();
    }
}

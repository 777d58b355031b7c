package org.dinobench.ui.trainer.wizard;

import java.util.List;
import org.dinobench.ui.trainer.Messages;
import org.dinobench.ui.trainer.form.SpecDraft;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.swt.widgets.Composite;

/** Crops and their changes, with the crops of an image of the dataset as training would cut them. */
public final class AugmentationPage extends SpecPage {
    private static final List<String> PATHS = List.of(
            "crops.preset", //$NON-NLS-1$
            "crops.global_crops_size", //$NON-NLS-1$
            "crops.global_crops_scale", //$NON-NLS-1$
            "crops.local_crops_number", //$NON-NLS-1$
            "crops.local_crops_size", //$NON-NLS-1$
            "crops.local_crops_scale", //$NON-NLS-1$
            "crops.image_size", //$NON-NLS-1$
            "crops.blur_reading"); //$NON-NLS-1$

    private final DataPage data;
    private CropPreview preview;

    AugmentationPage(SpecDraft draft, DataPage data) {
        super(
                "augmentation", //$NON-NLS-1$
                Messages.NewRun_AugmentationTitle,
                Messages.NewRun_AugmentationText,
                draft,
                PATHS);
        this.data = data;
    }

    @Override
    protected int formHeight() {
        return 250;
    }

    @Override
    protected void below(Composite page) {
        preview = new CropPreview(page);
        GridDataFactory.fillDefaults().grab(true, true).hint(640, 230).applyTo(preview);
    }

    @Override
    protected void refresh() {
        super.refresh();
        if (preview != null && !preview.isDisposed() && isCurrentPage()) {
            preview.show(data.dataset(), draft().spec().crops());
        }
    }

    @Override
    public void setVisible(boolean visible) {
        super.setVisible(visible);
        if (visible) {
            preview.show(data.dataset(), draft().spec().crops());
        }
    }

    @Override
    protected boolean concerns(String path) {
        return path.startsWith("crops.") || path.startsWith("high_resolution."); // $NON-NLS-1$ //$NON-NLS-2$
    }

    /** {@return the preview, for tests} */
    public CropPreview preview() {
        return preview;
    }
}

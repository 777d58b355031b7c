package org.dinobench.ui.curator.model;

import java.util.ArrayList;
import java.util.List;
import org.dinobench.core.catalog.CatalogEntry;
import org.dinobench.ui.common.parts.Words;
import org.dinobench.ui.common.properties.Facts;
import org.dinobench.ui.common.workspace.PictureFile;
import org.dinobench.ui.curator.Messages;
import org.eclipse.core.runtime.IAdapterFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.ui.views.properties.IPropertySource;

/** Gives images to the Properties view, and to views of other bundles. */
public final class ImageFacts implements IAdapterFactory {
    @Override
    public <T> T getAdapter(Object adaptable, Class<T> type) {
        if (!(adaptable instanceof ImageElement image)) {
            return null;
        }
        if (type == PictureFile.class) {
            return type.cast(new PictureFile(
                    image.name(), image.entry().file(), image.entry().label()));
        }
        return type == IPropertySource.class ? type.cast(of(image)) : null;
    }

    @Override
    public Class<?>[] getAdapterList() {
        return new Class<?>[] {IPropertySource.class, PictureFile.class};
    }

    private static Facts of(ImageElement image) {
        return new Facts(image, list(image));
    }

    /** What the catalog knows of an image. */
    public static List<Facts.Fact> list(ImageElement image) {
        CatalogEntry e = image.entry();
        List<Facts.Fact> facts = new ArrayList<>();
        String file = Messages.Fact_Image;
        facts.add(new Facts.Fact(file, Messages.Fact_File, e.file().toString()));
        facts.add(new Facts.Fact(file, Messages.Fact_Label, e.label()));
        facts.add(new Facts.Fact(file, Messages.Fact_Split, e.split()));
        facts.add(new Facts.Fact(file, Messages.Fact_Size, e.width() + " \u00d7 " + e.height())); // $NON-NLS-1$
        facts.add(new Facts.Fact(file, Messages.Fact_Bytes, Words.bytes(e.bytes())));
        facts.add(new Facts.Fact(file, Messages.Fact_Format, e.format()));
        facts.add(new Facts.Fact(
                file,
                Messages.Fact_Orientation,
                e.orientation() == 1 ? Messages.Fact_Upright : NLS.bind(Messages.Fact_Turned, e.orientation())));
        facts.add(new Facts.Fact(
                file, Messages.Fact_Status, image.decodes() ? e.status().word() : e.problem()));
        facts.add(new Facts.Fact(file, Messages.Fact_Hash, e.hash()));
        facts.add(new Facts.Fact(file, Messages.Fact_Notes, e.notes()));
        String curation = Messages.Fact_Curation;
        String decision = e.keep() ? Messages.Fact_Kept : Messages.Fact_Dropped;
        facts.add(new Facts.Fact(
                curation,
                Messages.Fact_Keep,
                e.decidedByPerson() ? NLS.bind(Messages.Fact_ByPerson, decision) : decision));
        facts.add(new Facts.Fact(curation, Messages.Fact_Reason, e.reason()));
        e.group().ifPresent(g -> facts.add(new Facts.Fact(curation, Messages.Fact_Group, Long.toString(g))));
        e.cluster().ifPresent(c -> facts.add(new Facts.Fact(curation, Messages.Fact_Cluster, Integer.toString(c))));
        return facts;
    }
}

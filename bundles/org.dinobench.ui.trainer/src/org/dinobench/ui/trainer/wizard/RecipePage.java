package org.dinobench.ui.trainer.wizard;

import java.util.LinkedHashMap;
import java.util.Map;
import org.dinobench.core.spec.train.TrainPreset;
import org.dinobench.core.spec.train.TrainPresets;
import org.dinobench.ui.common.parts.ActionCard;
import org.dinobench.ui.common.theme.Icons;
import org.dinobench.ui.trainer.Messages;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.PlatformUI;

/** The recipes as cards in plain words. */
public final class RecipePage extends WizardPage {
    private static final int CARD_WIDTH = 370;

    private final Map<String, ActionCard> cards = new LinkedHashMap<>();
    private String preset = TrainPresets.names().get(0);

    RecipePage() {
        super("recipe", Messages.NewRun_RecipeTitle, null); // $NON-NLS-1$
        setDescription(Messages.NewRun_RecipeText);
    }

    @Override
    public void createControl(Composite parent) {
        Composite page = new Composite(parent, SWT.NONE);
        GridLayoutFactory.swtDefaults()
                .margins(16, 16)
                .numColumns(2)
                .equalWidth(true)
                .spacing(12, 12)
                .applyTo(page);
        for (TrainPreset each : TrainPresets.all()) {
            ActionCard card = new ActionCard(page, icon(each.name()), title(each.name()), each.description());
            GridDataFactory.fillDefaults()
                    .grab(true, true)
                    .hint(CARD_WIDTH, SWT.DEFAULT)
                    .applyTo(card);
            card.onSelect(() -> choose(each.name()));
            card.addListener(SWT.MouseDoubleClick, e -> getContainer().showPage(getNextPage()));
            cards.put(each.name(), card);
        }
        choose(preset);
        setControl(page);
        PlatformUI.getWorkbench().getHelpSystem().setHelp(page, "org.dinobench.ui.trainer.recipe"); // $NON-NLS-1$
    }

    /** {@return name of the chosen preset} */
    String preset() {
        return preset;
    }

    /**
     * Chooses a recipe.
     *
     * @param name of a preset
     */
    public void choose(String name) {
        preset = name;
        cards.forEach((key, card) -> card.setChosen(key.equals(name)));
        setPageComplete(true);
    }

    private static Icons icon(String name) {
        return switch (name) {
            case "quick" -> Icons.QUICKSTART; // $NON-NLS-1$
            case "lesion_small" -> Icons.IMAGE; // $NON-NLS-1$
            case "distill" -> Icons.EXPORT; // $NON-NLS-1$
            case "continue" -> Icons.CHECKPOINT; // $NON-NLS-1$
            default -> Icons.RUN;
        };
    }

    private static String title(String name) {
        return switch (name) {
            case "quick" -> Messages.Card_quick; // $NON-NLS-1$
            case "lesion_small" -> Messages.Card_lesion_small; // $NON-NLS-1$
            case "continue" -> Messages.Card_continue; // $NON-NLS-1$
            case "vitl16_short" -> Messages.Card_vitl16_short; // $NON-NLS-1$
            case "vitl14" -> Messages.Card_vitl14; // $NON-NLS-1$
            case "vitg14" -> Messages.Card_vitg14; // $NON-NLS-1$
            case "distill" -> Messages.Card_distill; // $NON-NLS-1$
            default -> name;
        };
    }
}

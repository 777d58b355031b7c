package org.dinobench.ui.evaluation.wizard;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.workspace.Workspace;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.dinobench.ui.common.workspace.ModelSource;
import org.dinobench.ui.evaluation.Messages;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.PlatformUI;

/**
 * A page that makes something new of a model: it chooses the model and a name, which is suggested until a person types
 * one, and says what is missing.
 */
abstract class ModelPage extends WizardPage {
    private final String folder;
    private final ModelSource preferred;
    private ModelChoice model;
    private Text name;
    private boolean nameTyped;

    /**
     * A page.
     *
     * @param id also the end of its help context
     * @param folder folder of the workspace where the new thing goes
     * @param preferred model that is chosen at first, or null
     */
    ModelPage(String id, String title, String text, String folder, ModelSource preferred) {
        super(id, title, null);
        setDescription(text);
        this.folder = folder;
        this.preferred = preferred;
    }

    @Override
    public final void createControl(Composite parent) {
        Composite page = new Composite(parent, SWT.NONE);
        GridLayoutFactory.swtDefaults()
                .margins(16, 16)
                .numColumns(2)
                .spacing(12, 12)
                .applyTo(page);
        label(page, Messages.Evaluate_Model);
        model = new ModelChoice(page, preferred, this::changed);
        addChoices(page);
        setControl(page);
        PlatformUI.getWorkbench().getHelpSystem().setHelp(page, "org.dinobench.ui.evaluation." + getName());
        changed();
    }

    /** Adds what else is chosen, {@link #addName} among it, in two columns. */
    abstract void addChoices(Composite page);

    /** What a new thing of this model could be called; empty as long as something is not chosen. */
    abstract Optional<String> suggestion(String modelName);

    /** What is missing besides model and name. */
    abstract Optional<String> missing();

    static Label label(Composite parent, String text) {
        Label label = new Label(parent, SWT.NONE);
        label.setText(text);
        return label;
    }

    /** A label at the head of what stands in several lines beside it. */
    static void headLabel(Composite parent, String text) {
        GridDataFactory.swtDefaults().align(SWT.BEGINNING, SWT.BEGINNING).applyTo(label(parent, text));
    }

    final void addName(Composite page, String text) {
        label(page, text);
        name = new Text(page, SWT.BORDER);
        name.addListener(SWT.KeyDown, e -> nameTyped = true);
        name.addListener(SWT.Modify, e -> validate());
        GridDataFactory.fillDefaults().grab(true, false).hint(420, SWT.DEFAULT).applyTo(name);
    }

    /** To be called when a choice may change the suggested name. */
    final void changed() {
        if (!nameTyped && model.chosen().isPresent()) {
            String modelName = model.chosen().get().name().replace(',', ' ').replace("  ", " ");
            suggestion(modelName).ifPresent(wanted -> name.setText(Workspace.freeName(target(), wanted)));
        }
        validate();
    }

    final void typeName(String typed) {
        nameTyped = true;
        name.setText(typed);
        validate();
    }

    final void validate() {
        String problem = problem().orElse(null);
        setErrorMessage(problem);
        setPageComplete(problem == null);
    }

    private Optional<String> problem() {
        if (model.chosen().isEmpty()) {
            return Optional.of(Messages.Evaluate_NoModel);
        }
        return missing().or(this::nameProblem);
    }

    private Optional<String> nameProblem() {
        if (name().isEmpty()) {
            return Optional.of(Messages.Name_Missing);
        }
        try {
            // the rules for names are those of runs
            ActiveWorkspace.get().workspace().runFolder(name());
        } catch (BadInputException e) {
            return Optional.of(e.getMessage());
        }
        return Files.exists(target().resolve(name()))
                ? Optional.of(NLS.bind(Messages.Name_Taken, name()))
                : Optional.empty();
    }

    /** {@return the workspace's folder where the new thing goes} */
    final Path target() {
        return ActiveWorkspace.get().root().resolve(folder);
    }

    final ModelSource model() {
        return model.chosen().orElseThrow();
    }

    final String name() {
        return name.getText().strip();
    }
}

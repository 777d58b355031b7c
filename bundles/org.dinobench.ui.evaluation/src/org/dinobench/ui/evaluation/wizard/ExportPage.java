package org.dinobench.ui.evaluation.wizard;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.dinobench.core.workspace.Workspace;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.dinobench.ui.common.workspace.ModelSource;
import org.dinobench.ui.evaluation.Messages;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.PlatformUI;

/** Model, format, name and licence of an export. */
public final class ExportPage extends WizardPage {
    private final ModelSource preferred;
    private final List<Formats.Format> formats = Formats.all();
    private ModelChoice model;
    private Formats.Format format;
    private Text name;
    private Text licence;
    private boolean nameTyped;

    ExportPage(ModelSource preferred) {
        super("export", Messages.Export_PageTitle, null); // $NON-NLS-1$
        setDescription(Messages.Export_PageText);
        this.preferred = preferred;
    }

    @Override
    public void createControl(Composite parent) {
        Composite page = new Composite(parent, SWT.NONE);
        GridLayoutFactory.swtDefaults()
                .margins(16, 16)
                .numColumns(2)
                .spacing(12, 12)
                .applyTo(page);
        label(page, Messages.Evaluate_Model);
        model = new ModelChoice(page, preferred, this::changed);
        Label of = label(page, Messages.Export_Format);
        GridDataFactory.swtDefaults().align(SWT.BEGINNING, SWT.BEGINNING).applyTo(of);
        Composite box = new Composite(page, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 6).applyTo(box);
        for (Formats.Format each : formats) {
            Button button = new Button(box, SWT.RADIO);
            button.setText(each.title());
            button.setSelection(format == null);
            format = format == null ? each : format;
            button.addListener(SWT.Selection, e -> {
                if (button.getSelection()) {
                    format = each;
                    changed();
                }
            });
        }
        label(page, Messages.Export_Name);
        name = new Text(page, SWT.BORDER);
        name.addListener(SWT.KeyDown, e -> nameTyped = true);
        name.addListener(SWT.Modify, e -> validate());
        GridDataFactory.fillDefaults().grab(true, false).hint(420, SWT.DEFAULT).applyTo(name);
        label(page, Messages.Export_Licence);
        licence = new Text(page, SWT.BORDER);
        licence.setMessage(Messages.Export_LicenceHint);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(licence);
        setControl(page);
        PlatformUI.getWorkbench().getHelpSystem().setHelp(page, "org.dinobench.ui.evaluation.export"); // $NON-NLS-1$
        changed();
    }

    private static Label label(Composite parent, String text) {
        Label label = new Label(parent, SWT.NONE);
        label.setText(text);
        return label;
    }

    private void changed() {
        if (!nameTyped && model.chosen().isPresent() && format != null) {
            String wanted =
                    model.chosen().get().name().replace(',', ' ').replace("  ", " ") // $NON-NLS-1$ //$NON-NLS-2$
                            + " " + format.name(); // $NON-NLS-1$
            name.setText(Workspace.freeName(exports(), wanted));
        }
        validate();
    }

    private static Path exports() {
        return ActiveWorkspace.get().root().resolve("exports"); // $NON-NLS-1$
    }

    /**
     * Fills the page as a person would.
     *
     * @param export name of the export
     * @param formatName a format's name on the command line
     */
    public void fill(String export, String formatName) {
        nameTyped = true;
        format = formats.stream()
                .filter(f -> f.name().equals(formatName))
                .findFirst()
                .orElseThrow();
        name.setText(export);
        validate();
    }

    private void validate() {
        String problem = problem().orElse(null);
        setErrorMessage(problem);
        setPageComplete(problem == null);
    }

    private Optional<String> problem() {
        if (formats.isEmpty()) {
            return Optional.of(Messages.Export_NoFormat);
        }
        if (model.chosen().isEmpty()) {
            return Optional.of(Messages.Evaluate_NoModel);
        }
        return EvaluatePage.nameProblem(name(), "exports"); // $NON-NLS-1$
    }

    ModelSource model() {
        return model.chosen().orElseThrow();
    }

    String format() {
        return format.name();
    }

    /** {@return where the export goes: a folder of that name, or a file in it} */
    Path target() {
        Path folder = exports().resolve(name());
        return format.suffix().isEmpty()
                ? folder
                : folder.resolve(NLS.bind("model{0}", format.suffix())); // $NON-NLS-1$
    }

    String name() {
        return name.getText().strip();
    }

    String licence() {
        return licence.getText().strip();
    }
}

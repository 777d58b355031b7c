package org.dinobench.ui.evaluation.wizard;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.dinobench.ui.common.workspace.ModelSource;
import org.dinobench.ui.evaluation.Messages;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Text;

/** Model, format, name and licence of an export. */
public final class ExportPage extends ModelPage {
    private final List<Formats.Format> formats = Formats.all();
    private Formats.Format format;
    private Text licence;

    ExportPage(ModelSource preferred) {
        super("export", Messages.Export_PageTitle, Messages.Export_PageText, "exports", preferred);
    }

    @Override
    void addChoices(Composite page) {
        headLabel(page, Messages.Export_Format);
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
        addName(page, Messages.Export_Name);
        label(page, Messages.Export_Licence);
        licence = new Text(page, SWT.BORDER);
        licence.setMessage(Messages.Export_LicenceHint);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(licence);
    }

    @Override
    Optional<String> suggestion(String modelName) {
        return Optional.ofNullable(format).map(chosen -> modelName + " " + chosen.name()); // $NON-NLS-1$
    }

    @Override
    Optional<String> missing() {
        return formats.isEmpty() ? Optional.of(Messages.Export_NoFormat) : Optional.empty();
    }

    /**
     * Fills the page as a person would.
     *
     * @param export name of the export
     * @param formatName a format's name on the command line
     */
    public void fill(String export, String formatName) {
        format = formats.stream()
                .filter(f -> f.name().equals(formatName))
                .findFirst()
                .orElseThrow();
        typeName(export);
    }

    String format() {
        return format.name();
    }

    /** {@return where the export goes: a folder of that name, or a file in it} */
    Path file() {
        Path folder = target().resolve(name());
        return format.suffix().isEmpty()
                ? folder
                : folder.resolve(NLS.bind("model{0}", format.suffix())); // $NON-NLS-1$
    }

    String licence() {
        return licence.getText().strip();
    }
}

package org.dinobench.ui.curator.curate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.SpecWriter;
import org.dinobench.core.workspace.Names;
import org.dinobench.curator.spec.CurationSpec;
import org.dinobench.curator.spec.RetrieveMode;
import org.dinobench.ui.common.parts.Words;
import org.dinobench.ui.curator.Messages;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Group;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;

/** The name of the curation, what it will do in sentences, and the file that the command line takes. */
public final class SummaryPage extends CuratePage {
    private Text name;
    private Label sentences;
    private Text yaml;

    SummaryPage() {
        super("summary", Messages.Curate_SummaryTitle, Messages.Curate_SummaryText); // $NON-NLS-1$
    }

    @Override
    void create(Composite page, Rows rows) {
        Group how = Rows.group(page, Messages.Curate_NameTitle, 2);
        Rows.label(how, Messages.Curate_Name);
        name = rows.text(how, 1);
        name.setText(curate().preferredName());
        sentences = Rows.words(page, "", 1); // $NON-NLS-1$
        Rows.label(page, Messages.Curate_Yaml);
        yaml = new Text(page, SWT.BORDER | SWT.MULTI | SWT.READ_ONLY | SWT.V_SCROLL | SWT.H_SCROLL);
        yaml.setFont(JFaceResources.getTextFont());
        yaml.addListener(
                SWT.Traverse,
                e -> e.doit |= e.detail == SWT.TRAVERSE_TAB_NEXT || e.detail == SWT.TRAVERSE_TAB_PREVIOUS);
        GridDataFactory.fillDefaults().grab(true, true).hint(SWT.DEFAULT, 120).applyTo(yaml);
    }

    @Override
    public void setVisible(boolean visible) {
        if (visible) {
            changed();
        }
        super.setVisible(visible);
        if (visible) {
            name.setFocus();
        }
    }

    @Override
    void load(CurationSpec spec) {
        // the name is no part of the specification
    }

    @Override
    List<String> assignments() {
        return List.of();
    }

    String name() {
        return name == null ? curate().preferredName() : name.getText().strip();
    }

    @Override
    Optional<String> problem() {
        try {
            Names.check("curation", name()); // $NON-NLS-1$
            return Optional.empty();
        } catch (BadInputException e) {
            return Optional.of(e.getMessage());
        }
    }

    @Override
    void refresh() {
        boolean again = curate().nameTaken();
        setMessage(
                again ? NLS.bind(Messages.Curate_NameTaken, name()) : null,
                again ? IMessageProvider.INFORMATION : IMessageProvider.NONE);
        try {
            CurationSpec spec = curate().spec();
            sentences.setText(String.join("\n", sentences(spec))); // $NON-NLS-1$
            yaml.setText(SpecWriter.write(spec, false));
        } catch (BadInputException e) {
            sentences.setText(e.getMessage());
            yaml.setText(""); // $NON-NLS-1$
        }
        getControlIfMade().ifPresent(c -> c.layout(true, true));
    }

    private Optional<Composite> getControlIfMade() {
        return Optional.ofNullable((Composite) getControl());
    }

    private List<String> sentences(CurationSpec spec) {
        List<String> said = new ArrayList<>();
        said.add(NLS.bind(Messages.Curate_SayImages, Words.count(curate().images()), curate().datasetName()));
        said.add(
                spec.dedup().enabled()
                        ? NLS.bind(
                                Messages.Curate_SayCopies,
                                spec.dedup().threshold().isPresent()
                                        ? String.valueOf(
                                                spec.dedup().threshold().getAsDouble())
                                        : Messages.Curate_SayAuto)
                        : Messages.Curate_SayNoCopies);
        if (spec.cluster().enabled()) {
            said.add(Messages.Curate_SayClusters);
        }
        if (spec.retrieve().mode() != RetrieveMode.NONE) {
            said.add(NLS.bind(Messages.Curate_SaySeeds, spec.retrieve().seeds()));
        }
        if (spec.balance().target() > 0) {
            said.add(NLS.bind(
                    Messages.Curate_SayBalance, Words.count(spec.balance().target())));
        }
        said.add(Messages.Curate_SayPeople);
        return said;
    }

    /** Types a name, as a person would. @param text the name */
    public void fill(String text) {
        name.setText(text);
    }
}

package org.dinobench.ui.curator.curate;

import java.util.List;
import java.util.Optional;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.curator.spec.CurationSpec;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.PlatformUI;

/** A page of the curate wizard: it sets some keys of the specification and says at once what is wrong with them. */
abstract class CuratePage extends WizardPage {
    private boolean filling = true;

    CuratePage(String name, String title, String text) {
        super(name, title, null);
        setDescription(text);
    }

    @Override
    public final void createControl(Composite parent) {
        Composite page = Rows.page(parent);
        create(page, new Rows(this::changed));
        setControl(page);
        PlatformUI.getWorkbench()
                .getHelpSystem()
                .setHelp(page, "org.dinobench.ui.curator.curate." + getName()); // $NON-NLS-1$
        load(curate().start());
        filling = false;
        changed();
    }

    /** Makes the controls. */
    abstract void create(Composite page, Rows rows);

    /** Shows the values of a specification. */
    abstract void load(CurationSpec spec);

    /** Keys and values that this page sets, as {@code key=value}. */
    abstract List<String> assignments();

    /** What is wrong and how to repair it, beyond what the specification itself says. */
    abstract Optional<String> problem();

    /** Shows what follows from the values. */
    abstract void refresh();

    final CurateWizard curate() {
        return (CurateWizard) getWizard();
    }

    final boolean made() {
        return getControl() != null && !filling;
    }

    /** Called for every change of a control. */
    final void changed() {
        if (filling) {
            return;
        }
        refresh();
        String error = problem().orElseGet(() -> faultOf(assignments()).orElse(null));
        setErrorMessage(error);
        setPageComplete(error == null);
    }

    private Optional<String> faultOf(List<String> values) {
        try {
            curate().spec(values);
            return Optional.empty();
        } catch (BadInputException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** A text as YAML and JSON write it. */
    static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"'; // $NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
    }

    static void enable(boolean on, Control... controls) {
        for (Control control : controls) {
            control.setEnabled(on);
        }
    }
}

package org.dinobench.ui.help;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.dinobench.core.run.RunState;
import org.dinobench.ui.help.keys.KeyMap;
import org.dinobench.ui.help.keys.KeyRow;
import org.dinobench.ui.help.keys.KeysDialog;
import org.dinobench.ui.testing.SampleWorkspace;
import org.dinobench.ui.testing.Screenshots;
import org.dinobench.ui.testing.Views;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.Platform;
import org.eclipse.e4.ui.model.application.ui.basic.MPart;
import org.eclipse.jface.preference.IPreferencePage;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.wizard.IWizardPage;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IViewPart;
import org.eclipse.ui.IWorkbenchPreferencePage;
import org.eclipse.ui.IWorkbenchWizard;
import org.eclipse.ui.PlatformUI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Walks through whatever our bundles register, so that a new view or page without help is noticed. */
class EveryPlaceIsExplainedTest {
    private static final String OURS = "org.dinobench.";

    @TempDir
    private Path folder;

    private static List<IConfigurationElement> registered(String point, String kind) {
        return Arrays.stream(Platform.getExtensionRegistry().getConfigurationElementsFor("org.eclipse.ui." + point))
                .filter(e -> e.getName().equals(kind))
                .filter(e -> e.getContributor().getName().startsWith(OURS))
                .filter(e -> e.getAttribute("class") == null
                        || e.getAttribute("class").startsWith(OURS))
                .toList();
    }

    /** The id on a control, or on one inside it that fills it: pages put it on their contents. */
    private static Optional<String> id(Control control) {
        Optional<String> above = ContextOf.id(control);
        if (above.isPresent() || !(control instanceof Composite composite)) {
            return above;
        }
        return Arrays.stream(composite.getChildren())
                .flatMap(c -> id(c).stream())
                .findFirst();
    }

    private static void check(String place, Control control, List<String> faults) {
        Optional<String> id = id(control);
        if (id.isEmpty()) {
            faults.add(place + " has no help id");
        } else if (ContextOf.context(id.get()).isEmpty()) {
            faults.add(place + ": there is no text for " + id.get());
        }
    }

    private SampleWorkspace workspace() throws Exception {
        return new SampleWorkspace(folder.resolve("w"))
                .withShapes("shapes", folder.resolve("shapes"), 8)
                .withRun("run", RunState.FINISHED, 60, 60)
                .withCheckpoint("run", 60)
                .withEvaluation("eval");
    }

    @Test
    void everyViewHasHelp() throws Exception {
        List<String> faults = new ArrayList<>();
        List<IConfigurationElement> registered = registered("views", "view");
        assertTrue(registered.size() >= 12, registered.toString());
        try (Views views = Views.on(workspace().root())) {
            for (IConfigurationElement element : registered) {
                IViewPart view = views.open(element.getAttribute("id"), IViewPart.class);
                check(
                        element.getAttribute("id"),
                        (Composite) view.getSite().getService(MPart.class).getWidget(),
                        faults);
                views.page().hideView(view);
            }
        }
        assertEquals(List.of(), faults);
    }

    @Test
    void everyWizardPageHasHelp() throws Exception {
        List<String> faults = new ArrayList<>();
        int pages = 0;
        try (Views views = Views.on(workspace().root())) {
            for (IConfigurationElement element : registered("newWizards", "wizard")) {
                IWorkbenchWizard wizard = (IWorkbenchWizard) element.createExecutableExtension("class");
                wizard.init(PlatformUI.getWorkbench(), StructuredSelection.EMPTY);
                WizardDialog dialog =
                        new WizardDialog(views.page().getWorkbenchWindow().getShell(), wizard);
                dialog.setBlockOnOpen(false);
                dialog.open();
                for (IWizardPage page : wizard.getPages()) {
                    if (page.getControl() == null) {
                        page.createControl((Composite) dialog.getShell().getChildren()[0]);
                    }
                    check(element.getAttribute("id") + " " + page.getName(), page.getControl(), faults);
                    pages++;
                }
                dialog.close();
                views.robot().settle(50);
            }
        }
        assertTrue(pages >= 6, pages + " pages");
        assertEquals(List.of(), faults);
    }

    @Test
    void everyPreferencePageHasHelp() throws Exception {
        List<String> faults = new ArrayList<>();
        List<IConfigurationElement> registered = registered("preferencePages", "page");
        assertTrue(registered.size() >= 1);
        try (Views views = Views.on(workspace().root())) {
            for (IConfigurationElement element : registered) {
                IPreferencePage page = (IPreferencePage) element.createExecutableExtension("class");
                ((IWorkbenchPreferencePage) page).init(PlatformUI.getWorkbench());
                Shell shell = new Shell(views.page().getWorkbenchWindow().getShell());
                page.createControl(shell);
                check(element.getAttribute("id"), page.getControl(), faults);
                page.dispose();
                shell.dispose();
            }
        }
        assertEquals(List.of(), faults);
    }

    @Test
    void helpOfADialogOpensAtItsSide() throws Exception {
        try (Views views = Views.on(workspace().root())) {
            IWorkbenchWizard wizard = (IWorkbenchWizard) registered("newWizards", "wizard").stream()
                    .filter(e -> e.getAttribute("id").endsWith("importWizard"))
                    .findFirst()
                    .orElseThrow()
                    .createExecutableExtension("class");
            wizard.init(PlatformUI.getWorkbench(), StructuredSelection.EMPTY);
            WizardDialog dialog =
                    new WizardDialog(views.page().getWorkbenchWindow().getShell(), wizard);
            dialog.setBlockOnOpen(false);
            dialog.open();
            dialog.getShell().forceActive();
            dialog.getCurrentPage().getControl().setFocus();
            views.robot()
                    .waitUntil(
                            "the wizard is active",
                            () -> dialog.getShell()
                                    == dialog.getShell().getDisplay().getActiveShell());
            new DocumentHelpUi().displayDynamicHelp();
            views.robot().settle(200);
            HelpTray tray = assertInstanceOf(HelpTray.class, dialog.getTray());
            assertEquals("Import Images", tray.reader().page().title());
            Screenshots.take(dialog.getShell(), "help-tray");
            dialog.close();
        }
    }

    @Test
    void allKeysAreListedOnceAndNoneIsTakenTwice() {
        List<KeyRow> rows = KeyMap.of(PlatformUI.getWorkbench());
        List<String> ours = registered("bindings", "key").stream()
                .map(e -> e.getAttribute("commandId"))
                .toList();
        assertTrue(rows.size() > ours.size());
        assertTrue(rows.stream().anyMatch(r -> r.key().equals("F1")), rows.toString());
        List<String> everywhere = rows.stream()
                .filter(r -> r.where().equals(Messages.Keys_Everywhere))
                .map(KeyRow::key)
                .toList();
        assertEquals(everywhere.stream().distinct().toList(), everywhere);
        Shell parent = PlatformUI.getWorkbench().getWorkbenchWindows()[0].getShell();
        KeysDialog dialog = new KeysDialog(parent, rows);
        dialog.open();
        assertEquals(rows.size(), dialog.listed());
        dialog.searchField().setText("theme");
        assertEquals(1, dialog.listed());
        dialog.close();
    }
}

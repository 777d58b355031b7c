package org.dinobench.ui.curator.wizard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dinobench.ui.testing.DrawnImages;
import org.dinobench.ui.testing.SampleWorkspace;
import org.dinobench.ui.testing.Screenshots;
import org.dinobench.ui.testing.Views;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.PlatformUI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportWizardTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsTypedIsCheckedAtOnceAndTheWorkerGetsIt() throws Exception {
        DrawnImages.write(folder.resolve("my shapes"), 2);
        Files.createDirectories(folder.resolve("empty"));
        try (Views views = Views.on(new SampleWorkspace(folder.resolve("w")).root())) {
            Shell parent = PlatformUI.getWorkbench().getWorkbenchWindows()[0].getShell();
            ImportWizard wizard = new ImportWizard();
            WizardDialog dialog = new WizardDialog(parent, wizard);
            dialog.setBlockOnOpen(false);
            dialog.open();
            ImportPage page = (ImportPage) wizard.getPages()[0];
            assertFalse(page.isPageComplete(), "nothing was chosen yet");

            page.fill(folder.resolve("nowhere").toString(), null);
            assertNotNull(page.getErrorMessage());
            assertFalse(page.isPageComplete());

            page.fill(folder.resolve("empty").toString(), null);
            views.robot().waitUntil("the empty folder is told", () -> page.getErrorMessage() != null);
            assertFalse(page.isPageComplete());

            page.fill(folder.resolve("my shapes").toString(), "../outside");
            assertNotNull(page.getErrorMessage(), "a name that leads out of the workspace");

            page.fill(folder.resolve("my shapes").toString(), "shapes");
            views.robot().waitUntil("no complaint", () -> page.getErrorMessage() == null);
            assertTrue(page.isPageComplete());
            views.robot().settle(600);
            Screenshots.take(dialog.getShell(), "import-wizard");
            assertEquals(
                    List.of(
                            "import",
                            "--images",
                            folder.resolve("my shapes").toString(),
                            "--dataset",
                            "shapes",
                            "--workspace",
                            folder.resolve("w").toString()),
                    wizard.request().arguments());
            dialog.close();
        }
    }
}

package org.dinobench.ui.trainer.chart;

import java.io.IOException;
import java.nio.file.Path;
import org.dinobench.ui.common.chart.LineChart;
import org.dinobench.ui.trainer.Messages;
import org.eclipse.core.runtime.Status;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.statushandlers.StatusManager;

/** Asks for a file and writes a chart into it; the ending chooses the format. */
final class ExportChart {
    private ExportChart() {}

    static void ask(Shell shell, LineChart chart) {
        FileDialog dialog = new FileDialog(shell, SWT.SAVE);
        dialog.setText(Messages.Chart_ExportTitle);
        dialog.setFilterExtensions(new String[] {"*.png", "*.svg", "*.csv"}); // $NON-NLS-1$ //$NON-NLS-2$ //$NON-NLS-3$
        dialog.setFilterNames(new String[] {Messages.Chart_Png, Messages.Chart_Svg, Messages.Chart_Csv});
        dialog.setFileName("chart.png"); // $NON-NLS-1$
        dialog.setOverwrite(true);
        String file = dialog.open();
        if (file == null) {
            return;
        }
        try {
            chart.export(Path.of(file));
        } catch (IOException e) {
            StatusManager.getManager()
                    .handle(
                            Status.error(NLS.bind(Messages.Chart_ExportFailed, file, e.getMessage()), e),
                            StatusManager.SHOW | StatusManager.LOG);
        }
    }
}

package org.dinobench.ui.trainer.wizard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.trainer.FittingStudent;
import org.dinobench.trainer.TeacherFacts;
import org.dinobench.ui.common.parts.AccessibleName;
import org.dinobench.ui.common.theme.Palette;
import org.dinobench.ui.common.workspace.ActiveWorkspace;
import org.dinobench.ui.common.workspace.ItemKind;
import org.dinobench.ui.common.workspace.WorkspaceItem;
import org.dinobench.ui.trainer.Messages;
import org.dinobench.ui.trainer.form.SpecDraft;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.DirectoryDialog;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Label;

/** The network, and the model that it begins with or learns from; the network is fitted to that model by itself. */
public final class ModelPage extends SpecPage {
    private static final String WEIGHTS = "student.pretrained_weights"; // $NON-NLS-1$
    private static final String TEACHER = "distill.teacher"; // $NON-NLS-1$

    private static final List<String> PATHS = List.of(
            "student.arch", //$NON-NLS-1$
            "student.patch_size", //$NON-NLS-1$
            "student.num_register_tokens", //$NON-NLS-1$
            "student.ffn_layer", //$NON-NLS-1$
            "student.drop_path_rate", //$NON-NLS-1$
            "student.layerscale"); //$NON-NLS-1$

    private Label sourceLabel;
    private Combo source;
    private Label fitted;
    private String problem = ""; // $NON-NLS-1$
    private String looked = ""; // $NON-NLS-1$
    private boolean filling;
    private Job look;

    ModelPage(SpecDraft draft) {
        super("model", Messages.NewRun_ModelTitle, Messages.NewRun_ModelText, draft, PATHS); // $NON-NLS-1$
    }

    @Override
    protected void above(Composite page) {
        Composite row = new Composite(page, SWT.NONE);
        GridLayoutFactory.fillDefaults()
                .numColumns(4)
                .margins(12, 8)
                .spacing(8, 6)
                .applyTo(row);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(row);
        sourceLabel = new Label(row, SWT.NONE);
        source = new Combo(row, SWT.DROP_DOWN);
        source.setItems(runs());
        source.addListener(SWT.Modify, e -> typed());
        GridDataFactory.fillDefaults()
                .grab(true, false)
                .align(SWT.FILL, SWT.CENTER)
                .applyTo(source);
        AccessibleName.set(source, () -> sourceLabel.getText());
        button(row, Messages.NewRun_BrowseFile, this::browseFile);
        button(row, Messages.NewRun_BrowseFolder, this::browseFolder);
        fitted = new Label(row, SWT.WRAP);
        GridDataFactory.fillDefaults()
                .span(4, 1)
                .grab(true, false)
                .hint(560, SWT.DEFAULT)
                .applyTo(fitted);
    }

    private static void button(Composite parent, String text, Runnable action) {
        Button button = new Button(parent, SWT.PUSH);
        button.setText(text);
        button.addListener(SWT.Selection, e -> action.run());
    }

    private static String[] runs() {
        return ActiveWorkspace.get().snapshot().of(ItemKind.RUN).stream()
                .filter(WorkspaceItem::readable)
                .map(WorkspaceItem::name)
                .toArray(String[]::new);
    }

    private void browseFile() {
        FileDialog dialog = new FileDialog(getShell(), SWT.OPEN);
        dialog.setText(Messages.NewRun_ModelTitle);
        dialog.setFilterExtensions(new String[] {"*.pth;*.safetensors", "*"}); // $NON-NLS-1$ //$NON-NLS-2$
        Optional.ofNullable(dialog.open()).ifPresent(source::setText);
    }

    private void browseFolder() {
        DirectoryDialog dialog = new DirectoryDialog(getShell());
        dialog.setText(Messages.NewRun_ModelTitle);
        Optional.ofNullable(dialog.open()).ifPresent(source::setText);
    }

    private boolean distils() {
        return draft().spec().distill().enabled();
    }

    private String key() {
        return distils() ? TEACHER : WEIGHTS;
    }

    /** The folder or file that was named: a path, or a run of the workspace. */
    private static Path place(String text) {
        Path direct = Path.of(text);
        if (Files.exists(direct) && direct.isAbsolute()) {
            return direct;
        }
        return ActiveWorkspace.get().workspace().runsFolder().resolve(text);
    }

    private void typed() {
        if (filling) {
            return;
        }
        String text = source.getText().strip();
        draft().set(key(), text.isEmpty() ? "" : place(text).toString()); // $NON-NLS-1$
    }

    /** Reads names and sizes of the model in the background, and fits the student to it. */
    private void lookAt(String path) {
        looked = path;
        problem = ""; // $NON-NLS-1$
        fitted.setText(""); // $NON-NLS-1$
        if (look != null) {
            look.cancel();
        }
        if (path.isEmpty()) {
            return;
        }
        fitted.setText(Messages.NewRun_Looking);
        TrainSpec spec = draft().spec();
        look = new Job(NLS.bind(Messages.NewRun_LookJob, path)) {
            @Override
            protected IStatus run(IProgressMonitor monitor) {
                List<String> keys = new ArrayList<>();
                String trouble = ""; // $NON-NLS-1$
                try {
                    keys.addAll(
                            spec.distill().enabled()
                                    ? FittingStudent.learningFrom(spec, TeacherFacts.of(Path.of(path)))
                                    : FittingStudent.continuing(spec, Path.of(path)));
                } catch (IOException | BadInputException e) {
                    trouble = e.getMessage();
                }
                if (!monitor.isCanceled()) {
                    told(path, keys, trouble);
                }
                return Status.OK_STATUS;
            }
        };
        look.setSystem(true);
        look.schedule(200);
    }

    private void told(String path, List<String> keys, String trouble) {
        if (source.isDisposed()) {
            return;
        }
        source.getDisplay().asyncExec(() -> {
            if (!source.isDisposed() && path.equals(looked)) {
                problem = trouble;
                fitted.setText(
                        !trouble.isEmpty()
                                ? "" //$NON-NLS-1$
                                : keys.isEmpty()
                                        ? Messages.NewRun_Fits
                                        : NLS.bind(Messages.NewRun_Fitted, String.join(", ", keys))); // $NON-NLS-1$
                fitted.requestLayout();
                if (!keys.isEmpty()) {
                    draft().setAll(keys);
                }
                validate();
            }
        });
    }

    @Override
    protected void refresh() {
        if (source == null || source.isDisposed()) {
            return;
        }
        sourceLabel.setText(distils() ? Messages.NewRun_Teacher : Messages.NewRun_Weights);
        sourceLabel.requestLayout();
        fitted.setForeground(Palette.of(fitted.getParent()).subtle());
        String path = draft().shown(key());
        filling = true;
        String now = source.getText().strip();
        if (path.isEmpty()
                ? !now.isEmpty()
                : now.isEmpty() || !place(now).toString().equals(path)) {
            source.setText(path);
        }
        filling = false;
        if (!path.equals(looked)) {
            lookAt(path);
        }
        super.refresh();
    }

    @Override
    protected Optional<String> further() {
        return problem.isEmpty() ? Optional.empty() : Optional.of(problem);
    }

    @Override
    protected boolean concerns(String path) {
        return path.startsWith("student.") || path.startsWith("distill."); // $NON-NLS-1$ //$NON-NLS-2$
    }

    /**
     * Names a model, as a person would.
     *
     * @param text a run's name or a path
     */
    public void name(String text) {
        source.setText(text);
    }

    /** {@return what was fitted, for tests} */
    public String fittedWords() {
        return fitted.getText();
    }

    @Override
    public void dispose() {
        if (look != null) {
            look.cancel();
        }
        super.dispose();
    }
}

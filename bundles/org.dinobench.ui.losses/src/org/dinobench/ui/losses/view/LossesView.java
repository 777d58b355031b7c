package org.dinobench.ui.losses.view;

import java.util.ArrayList;
import java.util.List;
import org.dinobench.core.spec.train.TrainPresets;
import org.dinobench.ui.common.parts.Commands;
import org.dinobench.ui.common.theme.Fonts;
import org.dinobench.ui.common.theme.Palette;
import org.dinobench.ui.common.theme.Themes;
import org.dinobench.ui.common.workspace.RunDraft;
import org.dinobench.ui.losses.Messages;
import org.dinobench.ui.losses.model.LossModel;
import org.dinobench.ui.losses.model.LossSection;
import org.dinobench.ui.losses.model.ScheduleCurve;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.ScrolledComposite;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.IActionBars;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.actions.ActionFactory;
import org.eclipse.ui.part.ViewPart;

/** The loss configurator: the objective as a form beside what it changes against a recipe, in words. */
public final class LossesView extends ViewPart {
    /** The view's id. */
    public static final String ID = "org.dinobench.ui.losses.configurator"; // $NON-NLS-1$

    private static final int SIDE_WIDTH = 300;
    private static final int CURVE_HEIGHT = 190;

    private final LossModel model = new LossModel(RegisteredLosses.further());
    private final List<LossRow> rows = new ArrayList<>();
    private final List<CurveCanvas> curves = new ArrayList<>();
    private final List<Label> sectionTexts = new ArrayList<>();
    private Action undo;
    private Action redo;
    private Combo preset;
    private ScrolledComposite scroll;
    private ChangesPanel changes;

    @Override
    public void createPartControl(Composite parent) {
        Composite main = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).spacing(0, 0).applyTo(main);
        bar(main);
        scroll = new ScrolledComposite(main, SWT.V_SCROLL);
        scroll.setExpandHorizontal(true);
        scroll.setExpandVertical(true);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(scroll);
        Composite form = new Composite(scroll, SWT.NONE);
        GridLayoutFactory.fillDefaults()
                .numColumns(LossRow.COLUMNS)
                .margins(14, 10)
                .spacing(10, 6)
                .applyTo(form);
        Fonts fonts = new Fonts(form);
        model.sections().forEach(section -> section(form, fonts, section));
        curves(form, fonts);
        scroll.setContent(form);
        scroll.addListener(SWT.Resize, e -> fit(form));
        changes = new ChangesPanel(main, model);
        GridDataFactory.fillDefaults()
                .grab(false, true)
                .hint(SIDE_WIDTH, SWT.DEFAULT)
                .applyTo(changes);
        undoActions();
        model.onChange(() -> {
            enableUndo();
            preset.setText(model.preset());
            refill();
            fit(form);
        });
        Themes.onChange(main, this::refill);
        refill();
        PlatformUI.getWorkbench().getHelpSystem().setHelp(parent, ID);
    }

    private void bar(Composite main) {
        Composite bar = new Composite(main, SWT.NONE);
        GridLayoutFactory.fillDefaults()
                .numColumns(4)
                .margins(10, 6)
                .spacing(10, 0)
                .applyTo(bar);
        GridDataFactory.fillDefaults().span(2, 1).grab(true, false).applyTo(bar);
        new Label(bar, SWT.NONE).setText(Messages.View_Preset);
        preset = new Combo(bar, SWT.READ_ONLY | SWT.DROP_DOWN);
        preset.setItems(TrainPresets.names().toArray(String[]::new));
        preset.select(0);
        preset.addListener(SWT.Selection, e -> model.setPreset(preset.getText()));
        button(bar, Messages.View_Reset, model::reset);
        Button run = button(bar, Messages.View_NewRun, this::newRun);
        GridDataFactory.swtDefaults()
                .grab(true, false)
                .align(SWT.END, SWT.CENTER)
                .applyTo(run);
    }

    private static Button button(Composite bar, String text, Runnable action) {
        Button button = new Button(bar, SWT.PUSH);
        button.setText(text);
        button.addListener(SWT.Selection, e -> action.run());
        return button;
    }

    private void section(Composite form, Fonts fonts, LossSection section) {
        Label title = new Label(form, SWT.NONE);
        title.setFont(fonts.heading());
        title.setText(section.title());
        GridDataFactory.fillDefaults()
                .span(LossRow.COLUMNS, 1)
                .indent(0, rows.isEmpty() ? 0 : 14)
                .applyTo(title);
        Label text = new Label(form, SWT.WRAP);
        text.setText(section.text());
        sectionTexts.add(text);
        GridDataFactory.fillDefaults()
                .span(LossRow.COLUMNS, 1)
                .grab(true, false)
                .hint(400, SWT.DEFAULT)
                .applyTo(text);
        section.paths().forEach(path -> rows.add(new LossRow(form, model, model.key(path))));
    }

    /** The schedules of temperature, momentum, learning rate and weight decay, two in a row. */
    private void curves(Composite form, Fonts fonts) {
        section(form, fonts, new LossSection(Messages.Section_Curves, Messages.Section_CurvesText, List.of()));
        Composite pairs = new Composite(form, SWT.NONE);
        GridLayoutFactory.fillDefaults()
                .numColumns(2)
                .equalWidth(true)
                .spacing(12, 12)
                .applyTo(pairs);
        GridDataFactory.fillDefaults()
                .span(LossRow.COLUMNS, 1)
                .grab(true, false)
                .applyTo(pairs);
        for (int i = 0; i < ScheduleCurve.all(model.spec()).size(); i++) {
            CurveCanvas curve = new CurveCanvas(pairs, model, i);
            GridDataFactory.fillDefaults()
                    .grab(true, false)
                    .hint(200, CURVE_HEIGHT)
                    .applyTo(curve);
            curves.add(curve);
        }
    }

    /** Undo and redo of the window's menu work on the values while the view is active. */
    private void undoActions() {
        undo = action(model::undo);
        redo = action(model::redo);
        IActionBars bars = getViewSite().getActionBars();
        bars.setGlobalActionHandler(ActionFactory.UNDO.getId(), undo);
        bars.setGlobalActionHandler(ActionFactory.REDO.getId(), redo);
        enableUndo();
    }

    private static Action action(Runnable work) {
        return new Action() {
            @Override
            public void run() {
                work.run();
            }
        };
    }

    private void enableUndo() {
        undo.setEnabled(model.canUndo());
        redo.setEnabled(model.canRedo());
    }

    private void newRun() {
        new RunDraft(model.preset(), model.assignments()).offer();
        Commands.run("org.dinobench.ui.trainer.newRun"); // $NON-NLS-1$
    }

    private void refill() {
        rows.forEach(LossRow::fill);
        curves.forEach(CurveCanvas::fill);
        changes.fill();
        sectionTexts.forEach(t -> t.setForeground(Palette.of(t.getParent()).subtle()));
    }

    private void fit(Composite form) {
        scroll.setMinSize(form.computeSize(scroll.getClientArea().width, SWT.DEFAULT));
    }

    /** {@return the model, for tests} */
    public LossModel model() {
        return model;
    }

    /** {@return the schedules, for tests} */
    public List<CurveCanvas> curves() {
        return curves;
    }

    /** Scrolls to the schedules. */
    public void showCurves() {
        scroll.showControl(curves.get(curves.size() - 1));
    }

    /** {@return what the side panel says, for tests} */
    public String sideWords() {
        return changes.words();
    }

    @Override
    public void setFocus() {
        preset.setFocus();
    }
}

package org.dinobench.ui.trainer.editor;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ResourceBundle;
import org.dinobench.ui.common.theme.Themes;
import org.eclipse.core.runtime.ILog;
import org.eclipse.jface.text.BadLocationException;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.IRegion;
import org.eclipse.jface.text.Position;
import org.eclipse.jface.text.source.Annotation;
import org.eclipse.jface.text.source.IAnnotationModel;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.IEditorInput;
import org.eclipse.ui.editors.text.TextEditor;
import org.eclipse.ui.texteditor.ContentAssistAction;
import org.eclipse.ui.texteditor.ITextEditorActionDefinitionIds;

/** The YAML source, with completion, colours and marks at lines that are wrong. */
public final class SpecSourcePage extends TextEditor {
    private static final String ERROR = "org.eclipse.ui.workbench.texteditor.error"; // $NON-NLS-1$
    private static final String ASSIST = "ContentAssistProposal"; // $NON-NLS-1$

    private final YamlColours colours = new YamlColours();
    private final SpecDocuments documents = new SpecDocuments();

    SpecSourcePage() {
        setSourceViewerConfiguration(new SpecSourceConfiguration(colours));
        setHelpContextId("org.dinobench.ui.trainer.specForm"); // $NON-NLS-1$
    }

    @Override
    protected void setDocumentProvider(IEditorInput input) {
        setDocumentProvider(documents);
    }

    @Override
    protected void createActions() {
        super.createActions();
        ContentAssistAction assist = new ContentAssistAction(
                ResourceBundle.getBundle("org.dinobench.ui.trainer.assist"),
                ASSIST + ".",
                this); //$NON-NLS-1$ //$NON-NLS-2$
        assist.setActionDefinitionId(ITextEditorActionDefinitionIds.CONTENT_ASSIST_PROPOSALS);
        setAction(ASSIST, assist);
    }

    @Override
    public void createPartControl(Composite parent) {
        super.createPartControl(parent);
        Themes.onChange(parent, () -> {
            colours.recolour();
            getSourceViewer().invalidateTextPresentation();
        });
    }

    @Override
    protected boolean isTabsToSpacesConversionEnabled() {
        return true;
    }

    /** {@return the document} */
    IDocument document() {
        return getDocumentProvider().getDocument(getEditorInput());
    }

    /** Marks lines that are wrong, and no others. */
    void mark(List<SpecFault> faults) {
        IAnnotationModel model = getDocumentProvider().getAnnotationModel(getEditorInput());
        List<Annotation> old = new ArrayList<>();
        for (Iterator<Annotation> all = model.getAnnotationIterator(); all.hasNext(); ) {
            Annotation annotation = all.next();
            if (annotation.getType().equals(ERROR)) {
                old.add(annotation);
            }
        }
        old.forEach(model::removeAnnotation);
        for (SpecFault fault : faults) {
            try {
                model.addAnnotation(new Annotation(ERROR, false, fault.sentence()), place(fault.line()));
            } catch (BadLocationException e) {
                // the text got shorter meanwhile; the next reading marks it
                ILog.of(SpecSourcePage.class).info("No line " + fault.line(), e); // $NON-NLS-1$
            }
        }
    }

    private Position place(int line) throws BadLocationException {
        IRegion region = document().getLineInformation(Math.min(line, document().getNumberOfLines()) - 1);
        String text = document().get(region.getOffset(), region.getLength());
        int indent = text.length() - text.stripLeading().length();
        return new Position(region.getOffset() + indent, region.getLength() - indent);
    }

    /** {@return the sentences at marked lines, for tests} */
    public List<String> marks() {
        List<String> marks = new ArrayList<>();
        IAnnotationModel model = getDocumentProvider().getAnnotationModel(getEditorInput());
        for (Iterator<Annotation> all = model.getAnnotationIterator(); all.hasNext(); ) {
            Annotation annotation = all.next();
            if (annotation.getType().equals(ERROR)) {
                try {
                    int line = document()
                                    .getLineOfOffset(
                                            model.getPosition(annotation).getOffset())
                            + 1;
                    marks.add(line + ": " + annotation.getText()); // $NON-NLS-1$
                } catch (BadLocationException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        return marks;
    }

    /** Puts the caret into a line. */
    void goTo(int line) {
        try {
            Position place = place(line);
            selectAndReveal(place.getOffset(), place.getLength());
        } catch (BadLocationException e) {
            ILog.of(SpecSourcePage.class).info("No line " + line, e); // $NON-NLS-1$
        }
    }
}

package org.dinobench.ui.trainer.editor;

import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.contentassist.ContentAssistant;
import org.eclipse.jface.text.contentassist.IContentAssistant;
import org.eclipse.jface.text.presentation.IPresentationReconciler;
import org.eclipse.jface.text.presentation.PresentationReconciler;
import org.eclipse.jface.text.rules.DefaultDamagerRepairer;
import org.eclipse.jface.text.source.ISourceViewer;
import org.eclipse.ui.editors.text.EditorsUI;
import org.eclipse.ui.editors.text.TextSourceViewerConfiguration;

/** Completion and colours of the source page. */
final class SpecSourceConfiguration extends TextSourceViewerConfiguration {
    private final YamlColours colours;

    SpecSourceConfiguration(YamlColours colours) {
        super(EditorsUI.getPreferenceStore());
        this.colours = colours;
    }

    @Override
    public IContentAssistant getContentAssistant(ISourceViewer viewer) {
        ContentAssistant assistant = new ContentAssistant();
        assistant.setContentAssistProcessor(new SpecAssistProcessor(), IDocument.DEFAULT_CONTENT_TYPE);
        assistant.setInformationControlCreator(getInformationControlCreator(viewer));
        assistant.enableAutoInsert(true);
        return assistant;
    }

    @Override
    public IPresentationReconciler getPresentationReconciler(ISourceViewer viewer) {
        PresentationReconciler reconciler = new PresentationReconciler();
        DefaultDamagerRepairer repairer = new DefaultDamagerRepairer(colours);
        reconciler.setDamager(repairer, IDocument.DEFAULT_CONTENT_TYPE);
        reconciler.setRepairer(repairer, IDocument.DEFAULT_CONTENT_TYPE);
        return reconciler;
    }

    @Override
    public int getTabWidth(ISourceViewer viewer) {
        return 2;
    }

    /** YAML allows no tabs: the Tab key writes spaces. */
    @Override
    public String[] getIndentPrefixes(ISourceViewer viewer, String contentType) {
        return new String[] {"  ", ""}; // $NON-NLS-1$ //$NON-NLS-2$
    }
}

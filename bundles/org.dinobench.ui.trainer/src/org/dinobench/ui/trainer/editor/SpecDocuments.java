package org.dinobench.ui.trainer.editor;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dinobench.core.io.AtomicFiles;
import org.dinobench.ui.trainer.Messages;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.Status;
import org.eclipse.jface.operation.IRunnableContext;
import org.eclipse.jface.text.Document;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.source.AnnotationModel;
import org.eclipse.jface.text.source.IAnnotationModel;
import org.eclipse.osgi.util.NLS;
import org.eclipse.ui.texteditor.AbstractDocumentProvider;

/** Documents of spec files; saving replaces the file as a whole, so that a crash leaves the old one or the new one. */
final class SpecDocuments extends AbstractDocumentProvider {
    private static final long MOST_BYTES = 1 << 20;

    /** What is known of an open file beside its text. */
    private final class SpecInfo extends ElementInfo {
        private long seen;

        SpecInfo(IDocument document, IAnnotationModel model, long seen) {
            super(document, model);
            this.seen = seen;
        }
    }

    private static Path file(Object element) {
        return ((SpecFileInput) element).file();
    }

    private static String read(Path file) throws CoreException {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new CoreException(Status.error(NLS.bind(Messages.Editor_TooLarge, file)));
            }
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new CoreException(Status.error(NLS.bind(Messages.Editor_NoText, file), e));
        } catch (IOException e) {
            throw new CoreException(Status.error(NLS.bind(Messages.Editor_NotRead, file), e));
        }
    }

    @Override
    protected IDocument createDocument(Object element) throws CoreException {
        return new Document(read(file(element)));
    }

    @Override
    protected ElementInfo createElementInfo(Object element) throws CoreException {
        return new SpecInfo(createDocument(element), createAnnotationModel(element), getModificationStamp(element));
    }

    @Override
    protected IAnnotationModel createAnnotationModel(Object element) {
        return new AnnotationModel();
    }

    @Override
    protected void doSaveDocument(IProgressMonitor monitor, Object element, IDocument document, boolean overwrite)
            throws CoreException {
        try {
            AtomicFiles.writeString(file(element), document.get());
        } catch (IOException e) {
            throw new CoreException(Status.error(NLS.bind(Messages.Editor_NotWritten, file(element)), e));
        }
        if (getElementInfo(element) instanceof SpecInfo info) {
            info.seen = getModificationStamp(element);
        }
    }

    /** Reads the file again, after another program has changed it. */
    @Override
    protected void doSynchronize(Object element, IProgressMonitor monitor) throws CoreException {
        if (getElementInfo(element) instanceof SpecInfo info) {
            String text = read(file(element));
            fireElementContentAboutToBeReplaced(element);
            info.fDocument.set(text);
            info.fCanBeSaved = false;
            info.seen = getModificationStamp(element);
            addUnchangedElementListeners(element, info);
            fireElementContentReplaced(element);
            fireElementDirtyStateChanged(element, false);
        }
    }

    @Override
    protected IRunnableContext getOperationRunner(IProgressMonitor monitor) {
        return null;
    }

    @Override
    public boolean isModifiable(Object element) {
        return !isReadOnly(element);
    }

    @Override
    public boolean isReadOnly(Object element) {
        return !Files.isWritable(file(element));
    }

    @Override
    public boolean isDeleted(Object element) {
        return !Files.exists(file(element));
    }

    @Override
    public long getModificationStamp(Object element) {
        return file(element).toFile().lastModified();
    }

    @Override
    public long getSynchronizationStamp(Object element) {
        return getElementInfo(element) instanceof SpecInfo info ? info.seen : 0;
    }
}

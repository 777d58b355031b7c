package org.dinobench.ui.trainer.editor;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.SpecKey;
import org.dinobench.core.spec.SpecSource;
import org.dinobench.core.spec.train.TrainSpecs;
import org.dinobench.ui.trainer.form.SpecValues;
import org.eclipse.jface.text.BadLocationException;
import org.eclipse.jface.text.IDocument;

/** The values of a document's text; a change replaces a value in the text and leaves everything else as it is. */
final class DocumentValues implements SpecValues {
    private final IDocument document;
    private final Map<String, String> unwritable = new HashMap<>();
    private final Map<String, String> reasons = new HashMap<>();
    private final Runnable onHeld;
    private SpecReading reading;

    /** @param onHeld called when something was typed that stays in its field, since it would break the text */
    DocumentValues(IDocument document, Runnable onHeld) {
        this.document = document;
        this.onHeld = onHeld;
        this.reading = SpecReading.of(document.get());
    }

    /** Reads the document again when it has another text. */
    SpecReading read() {
        String text = document.get();
        if (!text.equals(reading.text())) {
            reading = SpecReading.of(text);
            unwritable.clear();
            reasons.clear();
        }
        return reading;
    }

    @Override
    public SpecKey key(String path) {
        return TrainSpecs.schema().find(path).orElseThrow();
    }

    @Override
    public String shown(String path) {
        String typed = unwritable.get(path);
        if (typed != null) {
            return typed;
        }
        Optional<SpecSource.Place> place = reading.source().flatMap(s -> s.find(path));
        boolean faulty = reading.faults().stream().anyMatch(f -> f.key().equals(path));
        return faulty && place.isPresent()
                ? bare(reading.text()
                        .substring(place.get().valueStart(), place.get().valueEnd()))
                : TrainSpecs.schema().shown(reading.spec(), path);
    }

    private static String bare(String value) {
        boolean quoted = value.length() > 1
                && (value.startsWith("\"") && value.endsWith("\"") // $NON-NLS-1$ //$NON-NLS-2$
                        || value.startsWith("'") && value.endsWith("'")); // $NON-NLS-1$ //$NON-NLS-2$
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    @Override
    public String baseShown(String path) {
        return TrainSpecs.schema().shown(reading.base(), path);
    }

    @Override
    public void set(String path, String typed) {
        SpecSource source = reading.source().orElse(null);
        if (source == null || typed.equals(shown(path))) {
            return;
        }
        String yaml = key(path).yaml(typed);
        SpecSource.Change change = source.set(path, yaml.isEmpty() ? "\"\"" : yaml); // $NON-NLS-1$
        try {
            // a half-typed list must not make the whole text unreadable: it waits in its field
            SpecSource.parse(path, change.applyTo(reading.text()));
            unwritable.remove(path);
            reasons.remove(path);
            document.replace(change.offset(), change.length(), change.insertion());
        } catch (BadInputException e) {
            unwritable.put(path, typed);
            reasons.put(path, e.problem() + "; " + e.remedy() + "."); // $NON-NLS-1$ //$NON-NLS-2$
            onHeld.run();
        } catch (BadLocationException e) {
            throw new IllegalStateException(
                    "The text has changed without having been read: " + change, e); // $NON-NLS-1$
        }
    }

    @Override
    public Optional<String> problem(String path) {
        String reason = reasons.get(path);
        if (reason != null) {
            return Optional.of(reason);
        }
        return reading.faults().stream()
                .filter(f -> f.key().equals(path))
                .map(SpecFault::sentence)
                .findFirst();
    }
}

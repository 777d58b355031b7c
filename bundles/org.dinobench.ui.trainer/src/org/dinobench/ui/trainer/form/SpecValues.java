package org.dinobench.ui.trainer.form;

import java.util.Optional;
import org.dinobench.core.spec.SpecKey;

/** The values behind a form: a draft of a run, or the text of a file. */
public interface SpecValues {
    /**
     * What is known of a key.
     *
     * @param path dotted path
     * @return its schema
     */
    SpecKey key(String path);

    /**
     * The present value as a field shows it.
     *
     * @param path dotted path
     * @return what was typed last, even where it cannot be
     */
    String shown(String path);

    /**
     * The value that the present one is compared with.
     *
     * @param path dotted path
     * @return that of the recipe
     */
    String baseShown(String path);

    /**
     * Takes what was typed.
     *
     * @param path dotted path
     * @param typed the field's text
     */
    void set(String path, String typed);

    /**
     * What is wrong with a value, and the repair.
     *
     * @param path dotted path
     * @return a sentence, empty when it is right
     */
    Optional<String> problem(String path);
}

package org.dinobench.ui.trainer.editor;

/**
 * Something wrong in a spec's text.
 *
 * @param line where, from 1
 * @param key dotted path of the key; empty when no key is meant
 * @param sentence what is wrong, and the repair
 */
public record SpecFault(int line, String key, String sentence) {}

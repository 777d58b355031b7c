package org.dinobench.core.spec;

/**
 * A key of a foreign configuration that is known and has no effect here.
 *
 * @param path dotted path of the key, such as {@code train.cache_dataset}
 * @param where {@code file:line}
 * @param reason why it has no effect, a phrase without a full stop
 */
public record IgnoredKey(String path, String where, String reason) {}

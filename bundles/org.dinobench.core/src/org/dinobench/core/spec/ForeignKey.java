package org.dinobench.core.spec;

/**
 * A key of another program's configuration that may stand in ours without effect.
 *
 * @param reason why it has no effect, a phrase without a full stop
 * @param onlyValue the one value (as text) for which leaving it out is right; empty when any value is harmless
 */
public record ForeignKey(String reason, String onlyValue) {
    /** A key that is harmless whatever its value. */
    public static ForeignKey harmless(String reason) {
        return new ForeignKey(reason, "");
    }
}

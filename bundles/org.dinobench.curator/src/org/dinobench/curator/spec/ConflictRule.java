package org.dinobench.curator.spec;

/** What happens with a group of copies whose labels differ. */
public enum ConflictRule {
    /** Its representative stays, with its own label. */
    KEEP,
    /** All of it is dropped: nobody knows the right label. */
    DROP
}

package org.dinobench.curator;

/** A person's decision on an image, the most wanted first. */
public enum Review {
    /** It stays, whatever the curation says. */
    KEEP,
    /** Nobody decided. */
    NONE,
    /** It goes, whatever the curation says. */
    DROP
}

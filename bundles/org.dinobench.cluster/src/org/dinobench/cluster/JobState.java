package org.dinobench.cluster;

/** Where a job stands with whoever starts it. */
public enum JobState {
    /** It waits for machines, or to go on after its time limit. */
    WAITING,
    /** Its processes are there. */
    RUNNING,
    /** It is over, or was never there. */
    ENDED
}

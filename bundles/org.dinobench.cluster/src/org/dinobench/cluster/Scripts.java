package org.dinobench.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The fixed shell scripts of this bundle. What is a person's comes to them as arguments, never as text in them. */
final class Scripts {
    /** Runs a job to its end: {@code RUN_FOLDER RESTARTS PROGRAM ARGUMENT...}. */
    static final String JOB = read("job.sh");
    /** The same as a batch job of Slurm. */
    static final String SLURM_JOB = read("slurm-job.sh");
    /** Starts another script that outlives the connection: {@code SCRIPT ARGUMENT...}. */
    static final String DETACH =
            "script=$1; shift;" + " setsid -f sh -c \"$script\" dinobench-job \"$@\" </dev/null >/dev/null 2>&1";
    /** Whether the job of a folder lives, and is no dead process that nobody has buried: {@code RUN_FOLDER}. */
    static final String ALIVE = "read -r pid start 2>/dev/null <\"$1/job.pid\""
            + " && set -- $(sed 's/.*) //' \"/proc/$pid/stat\" 2>/dev/null)"
            + " && [ \"${1:-Z}\" != Z ] && [ \"${20:-}\" = \"$start\" ]";
    /** Ends it with all its processes. */
    static final String KILL = ALIVE + " && kill -TERM \"-$pid\"";

    private Scripts() {}

    private static String read(String name) {
        try (InputStream in = Scripts.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The bundle lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

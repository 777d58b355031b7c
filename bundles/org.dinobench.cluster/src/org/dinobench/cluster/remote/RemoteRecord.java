package org.dinobench.cluster.remote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.workspace.RunDirectory;

/**
 * Where a run of this workspace is computed: {@code remote.json} in its folder.
 *
 * @param profile file of the profile that it was started with
 * @param head machine where its job is known, for people
 * @param folder of the run there, absolute
 * @param job what names the job
 * @param submitted when
 * @param ended whether all of it was brought here and the job is over
 */
public record RemoteRecord(Path profile, String head, String folder, String job, Instant submitted, boolean ended) {
    /** Whether a run is, or was, computed elsewhere. */
    public static boolean isRemote(RunDirectory run) {
        return Files.isRegularFile(run.remoteFile());
    }

    /**
     * Reads the record of a run. It names a profile and thereby machines and keys, so the record of another person is
     * not acted upon.
     *
     * @throws BadInputException when there is none, when it is damaged, or when it belongs to another user
     */
    public static RemoteRecord read(RunDirectory run) {
        if (!isRemote(run)) {
            throw new BadInputException(
                    "run " + run.name(),
                    "it is not computed elsewhere",
                    "start it with: ./dinobench train --profile FILE --out " + run.name());
        }
        requireOwn(run.remoteFile());
        ObjectNode node = Json.readObject(run.remoteFile());
        String folder = node.path("folder").asText();
        if (!folder.startsWith("/") || node.path("profile").asText().isEmpty()) {
            throw new BadInputException(
                    run.remoteFile().toString(), "it names no folder or no profile", "it is damaged");
        }
        try {
            return new RemoteRecord(
                    Path.of(node.path("profile").asText()),
                    node.path("head").asText(),
                    folder,
                    node.path("job").asText(),
                    Instant.parse(node.path("submitted").asText()),
                    node.path("ended").asBoolean());
        } catch (DateTimeParseException e) {
            throw new BadInputException(run.remoteFile().toString(), "it has no time in it", "it is damaged", e);
        }
    }

    private static void requireOwn(Path file) {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("unix")) {
            return;
        }
        try {
            Object owner = Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
            Object mine = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            if (!owner.equals(mine)) {
                throw new BadInputException(
                        file.toString(),
                        "it belongs to another user, and following it would log in with your keys",
                        "copy the run's numbers, or start a run of your own");
            }
        } catch (IOException untold) {
            throw new BadInputException(file.toString(), "whose it is cannot be told", "check its permissions", untold);
        }
    }

    /** The same, over. */
    public RemoteRecord finished() {
        return new RemoteRecord(profile, head, folder, job, submitted, true);
    }

    /** Writes the record of a run. */
    public void write(RunDirectory run) throws IOException {
        ObjectNode node = Json.object();
        node.put("profile", profile.toString()).put("head", head).put("folder", folder);
        node.put("job", job).put("submitted", submitted.toString()).put("ended", ended);
        Json.write(run.remoteFile(), node);
    }
}

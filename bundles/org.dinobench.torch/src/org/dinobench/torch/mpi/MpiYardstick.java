package org.dinobench.torch.mpi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.dinobench.torch.internal.NativeFiles;

/**
 * The small C program that measures MPI's own operations, for comparison with {@link MpiCollectives}: the same sizes,
 * types and way of measuring. Started by {@code mpirun} as ranks are; prints a line of JSON for each case, with the names
 * of {@link org.dinobench.torch.collective.CollectiveSpeed}. It is given {@code --max BYTES}, {@code --seconds S} and
 * {@code --chunk BYTES}.
 */
public final class MpiYardstick implements AutoCloseable {
    private final Path file;
    private final boolean copied;

    private MpiYardstick(Path file, boolean copied) {
        this.file = file;
        this.copied = copied;
    }

    /**
     * Finds it, and copies it where an installation has lost its right to be executed.
     *
     * @throws org.dinobench.core.problem.BadInputException when this installation has none
     */
    public static MpiYardstick find() throws IOException {
        Path bundled = NativeFiles.find("MPI's own benchmark", "mpi_bench");
        if (Files.isExecutable(bundled)) {
            return new MpiYardstick(bundled, false);
        }
        Path copy = Files.createTempFile(
                "mpi_bench", "", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.copy(bundled, copy, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwx------"));
        return new MpiYardstick(copy, true);
    }

    /** The program. */
    public Path program() {
        return file;
    }

    /** Removes a copy. */
    @Override
    public void close() throws IOException {
        if (copied) {
            Files.deleteIfExists(file);
        }
    }
}

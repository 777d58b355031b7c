package org.dinobench.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** This program as it can be brought to other machines and called there. */
public interface ProductProgram {
    /** Its files by their path in its folder, with {@code /} between parts. */
    Map<String, Path> files() throws IOException;

    /**
     * The arguments that call a command of it.
     *
     * @param java program
     * @param folder of the product on that machine, absolute
     * @param arguments a command of the command line and its arguments
     */
    List<String> command(String java, String folder, List<String> arguments);

    /** Path, in the product's folder, of a file that every product has. */
    String mark();
}

package org.dinobench.cluster.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PosixCommandTest {
    private static final List<String> AWKWARD = List.of(
            "plain",
            "",
            " leading and trailing ",
            "it's",
            "'''",
            "say \"hello\"",
            "a;touch gone",
            "a && touch gone",
            "a | touch gone",
            "$(touch gone)",
            "`touch gone`",
            "$HOME ${PATH}",
            "*?[a-z]",
            "~",
            "~root",
            "# no comment",
            "back\\slash\\",
            "\\'",
            "new\nline\n",
            "\ttab\r",
            "-n",
            "--",
            "!history!",
            "{a,b}",
            "<in >out",
            "déjà 日本 \uD83E\uDD95",
            "A=b");

    @TempDir
    Path folder;

    /** A real shell reads the line, and a real program writes down what it was given. */
    private List<String> given(String shell, String line) throws Exception {
        Process process = new ProcessBuilder(shell, "-c", line)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        return List.of(out.split("\0", -1)).subList(0, out.split("\0", -1).length - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sh", "bash"})
    void everyArgumentArrivesAsItWas(String shell) throws Exception {
        List<String> command = new ArrayList<>(List.of("printf", "%s\\0"));
        command.addAll(AWKWARD);
        assertEquals(AWKWARD, given(shell, PosixCommand.line(command)));
        assertFalse(Files.exists(folder.resolve("gone")));
    }

    @Test
    void aProgramMayHaveAnAwkwardNameToo() throws Exception {
        Path program = folder.resolve("it's; a=program\n");
        Files.createSymbolicLink(program, Path.of("/usr/bin/printf"));
        assertEquals(List.of("x y"), given("sh", PosixCommand.line(List.of(program.toString(), "%s\\0", "x y"))));
        // neither an assignment nor a word of the shell
        assertEquals("'A=b' c", PosixCommand.line(List.of("A=b", "c")));
        assertEquals("'if' true", PosixCommand.line(List.of("if", "true")));
    }

    @Test
    void variablesArriveAsTheyWere() throws Exception {
        List<String> command = PosixCommand.withEnvironment(
                Map.of("AWKWARD", "it's $HOME; touch gone"), List.of("sh", "-c", "printf '%s\\0' \"$AWKWARD\""));
        assertEquals(List.of("it's $HOME; touch gone"), given("sh", PosixCommand.line(command)));
        assertFalse(Files.exists(folder.resolve("gone")));
    }

    @Test
    void whatNoProgramCanBeGivenIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> PosixCommand.line(List.of()));
        assertThrows(IllegalArgumentException.class, () -> PosixCommand.line(List.of("a", "zero\0")));
        assertThrows(
                IllegalArgumentException.class, () -> PosixCommand.withEnvironment(Map.of("A; b", "c"), List.of("d")));
    }
}

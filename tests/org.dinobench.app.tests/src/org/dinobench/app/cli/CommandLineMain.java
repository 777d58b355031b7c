package org.dinobench.app.cli;

/** The command line as a plain Java program, for tests that start it on other hosts. */
public final class CommandLineMain {
    private CommandLineMain() {}

    public static void main(String[] arguments) {
        int code = new CommandRunner(System.out, System.err).run(arguments);
        System.out.flush();
        System.exit(code);
    }
}

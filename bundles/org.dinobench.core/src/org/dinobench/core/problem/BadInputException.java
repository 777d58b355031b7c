package org.dinobench.core.problem;

/**
 * Input from outside (a file, a key, an argument) that cannot be used. The message is one sentence that says what is
 * wrong, where, and what to do about it; the command line prints it and ends with exit code 2, the workbench shows it
 * beside the field or in a dialog. Never thrown for faults of our own: those stay {@link IllegalStateException} and
 * the like.
 */
public final class BadInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String where;
    private final String problem;
    private final String remedy;

    /**
     * @param where the place: a file, {@code file:line}, a key or an option; never empty
     * @param problem what is wrong there, without a final full stop
     * @param remedy what the person can do, without a final full stop; may be empty where nothing is known
     */
    public BadInputException(String where, String problem, String remedy) {
        this(where, problem, remedy, null);
    }

    /** As {@link #BadInputException(String, String, String)}, with the exception that revealed the problem. */
    public BadInputException(String where, String problem, String remedy, Throwable cause) {
        super(sentence(where, problem, remedy), cause);
        this.where = where;
        this.problem = problem;
        this.remedy = remedy;
    }

    /** The place of the problem, as given. */
    public String where() {
        return where;
    }

    /** What is wrong, as given. */
    public String problem() {
        return problem;
    }

    /** What to do about it, as given; may be empty. */
    public String remedy() {
        return remedy;
    }

    private static String sentence(String where, String problem, String remedy) {
        String head = where + ": " + problem;
        return remedy.isEmpty() ? head + "." : head + "; " + remedy + ".";
    }
}

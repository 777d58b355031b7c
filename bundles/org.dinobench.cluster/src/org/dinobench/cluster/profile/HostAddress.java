package org.dinobench.cluster.profile;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dinobench.core.problem.BadInputException;

/**
 * A computer as a profile names it: {@code [user@]host[:port]}. What it may hold is narrow, so that it can stand in the
 * arguments of other programs.
 *
 * @param user to log in as; empty: the name of the person here
 * @param host name or address
 * @param port of its SSH server, 1 to 65535
 */
public record HostAddress(Optional<String> user, String host, int port) {
    /** Where SSH servers listen. */
    public static final int STANDARD_PORT = 22;

    private static final Pattern FORM = Pattern.compile(
            "(?:([A-Za-z0-9_][A-Za-z0-9_.-]{0,63})@)?([A-Za-z0-9][A-Za-z0-9.-]{0,252}|\\[[0-9A-Fa-f:.]{2,45}])(?::(\\d{1,5}))?");

    /**
     * Reads the form.
     *
     * @param where for messages
     * @throws BadInputException when it is another one
     */
    public static HostAddress parse(String where, String text) {
        Matcher form = FORM.matcher(text);
        int port = form.matches() && form.group(3) != null ? Integer.parseInt(form.group(3)) : STANDARD_PORT;
        if (!form.matches() || port < 1 || port > 65_535) {
            throw new BadInputException(
                    where, "\"" + text + "\" is no host", "write it as host, user@host or user@host:port");
        }
        String host = form.group(2);
        boolean bracketed = host.startsWith("[");
        return new HostAddress(
                Optional.ofNullable(form.group(1)), bracketed ? host.substring(1, host.length() - 1) : host, port);
    }

    @Override
    public String toString() {
        String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return user.map(u -> u + "@").orElse("") + name + (port == STANDARD_PORT ? "" : ":" + port);
    }
}

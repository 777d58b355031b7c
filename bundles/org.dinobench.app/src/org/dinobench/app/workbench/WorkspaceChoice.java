package org.dinobench.app.workbench;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.dinobench.core.problem.BadInputException;
import org.eclipse.core.runtime.Platform;
import org.eclipse.core.runtime.URIUtil;
import org.eclipse.osgi.service.datalocation.Location;

/** Finds the workspace folder: the argument {@code --workspace}, or else the instance location ({@code -data}). */
final class WorkspaceChoice {
    private static final String OPTION = "--workspace"; // $NON-NLS-1$

    private WorkspaceChoice() {}

    static Path folder(String[] arguments) {
        Path asked = asked(arguments);
        Location location = Platform.getInstanceLocation();
        if (asked != null) {
            keepStateIn(location, asked);
            return asked;
        }
        if (location == null || !location.isSet()) {
            throw new BadInputException(
                    OPTION, Messages.WorkspaceChoice_Missing, Messages.WorkspaceChoice_MissingRemedy);
        }
        try {
            return Path.of(URIUtil.toURI(location.getURL())).toAbsolutePath().normalize();
        } catch (URISyntaxException e) {
            throw new BadInputException("-data", e.getMessage(), Messages.WorkspaceChoice_MissingRemedy); // $NON-NLS-1$
        }
    }

    private static Path asked(String[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            String value = null;
            if (arguments[i].equals(OPTION)) {
                value = i + 1 < arguments.length ? arguments[i + 1] : ""; // $NON-NLS-1$
            } else if (arguments[i].startsWith(OPTION + "=")) { // $NON-NLS-1$
                value = arguments[i].substring(OPTION.length() + 1);
            }
            if (value != null) {
                return parse(value);
            }
        }
        return null;
    }

    private static Path parse(String value) {
        if (value.isBlank()) {
            throw new BadInputException(
                    OPTION, Messages.WorkspaceChoice_Missing, Messages.WorkspaceChoice_MissingRemedy);
        }
        try {
            return Path.of(value).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new BadInputException(OPTION, e.getMessage(), Messages.WorkspaceChoice_MissingRemedy);
        }
    }

    /** The window's layout and the preferences are kept in the workspace itself, where nothing else was chosen. */
    private static void keepStateIn(Location location, Path folder) {
        if (location == null || location.isSet()) {
            return;
        }
        try {
            URL url = folder.toUri().toURL();
            location.set(url, false);
        } catch (IOException e) {
            throw new BadInputException(folder.toString(), e.getMessage(), Messages.WorkspaceChoice_MissingRemedy);
        }
    }
}

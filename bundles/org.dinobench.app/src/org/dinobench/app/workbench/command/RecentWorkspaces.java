package org.dinobench.app.workbench.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.prefs.BackingStoreException;
import java.util.prefs.Preferences;
import org.eclipse.core.runtime.ILog;

/** The workspaces that this person opened lately, kept with the person and not in any workspace. */
public final class RecentWorkspaces {
    private static final int MOST = 8;
    private static final String NODE = "org/dinobench/recent"; // $NON-NLS-1$

    private RecentWorkspaces() {}

    /** {@return the folders, the latest first} */
    public static List<Path> list() {
        Preferences node = Preferences.userRoot().node(NODE);
        List<Path> folders = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            String value = node.get(Integer.toString(i), ""); // $NON-NLS-1$
            if (!value.isEmpty() && Path.of(value).toFile().isDirectory()) {
                folders.add(Path.of(value));
            }
        }
        return folders;
    }

    /**
     * Puts a folder at the head of the list.
     *
     * @param folder the workspace
     */
    public static void add(Path folder) {
        List<Path> folders = list();
        folders.remove(folder);
        folders.add(0, folder);
        Preferences node = Preferences.userRoot().node(NODE);
        for (int i = 0; i < MOST; i++) {
            node.put(Integer.toString(i), i < folders.size() ? folders.get(i).toString() : ""); // $NON-NLS-1$
        }
        try {
            node.flush();
        } catch (BackingStoreException e) {
            // only the comfort of the list is lost
            ILog.of(RecentWorkspaces.class).warn("The list of recent workspaces could not be kept", e); // $NON-NLS-1$
        }
    }
}

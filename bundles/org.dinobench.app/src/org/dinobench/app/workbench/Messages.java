package org.dinobench.app.workbench;

import org.eclipse.osgi.util.NLS;

/** The texts of this package, from {@code messages.properties}. */
public final class Messages extends NLS {
    public static String WorkbenchApplication_Name;
    public static String WorkbenchApplication_CannotOpen;
    public static String WorkspaceChoice_Missing;
    public static String WorkspaceChoice_MissingRemedy;
    public static String Menu_File;
    public static String Menu_Edit;
    public static String Menu_Window;
    public static String Menu_ShowView;
    public static String Menu_Perspective;
    public static String Menu_Help;
    public static String Menu_About;
    public static String Welcome_Title;
    public static String Welcome_Subtitle;
    public static String Welcome_Quickstart;
    public static String Welcome_QuickstartText;
    public static String Welcome_Import;
    public static String Welcome_ImportText;
    public static String Welcome_Train;
    public static String Welcome_TrainText;
    public static String Welcome_OpenWorkspace;
    public static String Welcome_OpenWorkspaceText;
    public static String Welcome_Recent;
    public static String Welcome_NoRecent;
    public static String Welcome_Here;
    public static String Welcome_Way;
    public static String Welcome_GoToWorkbench;
    public static String Welcome_Open;
    public static String Welcome_SixSteps;
    public static String OpenWorkspace_Title;
    public static String OpenWorkspace_Message;
    public static String Quickstart_Title;
    public static String Quickstart_PageTitle;
    public static String Quickstart_PageText;
    public static String Quickstart_SampleTitle;
    public static String Quickstart_SampleText;
    public static String Quickstart_OwnTitle;
    public static String Quickstart_OwnText;
    public static String Quickstart_Folder;
    public static String Quickstart_Browse;
    public static String Quickstart_Minutes;
    public static String Quickstart_MinutesHelp;
    public static String Quickstart_NoFolder;
    public static String Quickstart_Job;
    public static String Preferences_Text;
    public static String Preferences_Workspace;
    public static String Preferences_Theme;
    public static String Preferences_ThemeLight;
    public static String Preferences_ThemeDark;
    public static String Preferences_ThemeSystem;
    public static String Preferences_Threads;
    public static String Preferences_ThreadsHelp;
    public static String Preferences_Cell;

    static {
        NLS.initializeMessages("org.dinobench.app.workbench.messages", Messages.class); // $NON-NLS-1$
    }

    private Messages() {}
}

package org.dinobench.ui.help;

import org.eclipse.osgi.util.NLS;

/** The texts of this bundle, from {@code messages.properties}. */
public final class Messages extends NLS {
    public static String Help_Search;
    public static String Help_Back;
    public static String Help_NoContext;
    public static String Help_Related;
    public static String Help_Missing;
    public static String Help_Picture;
    public static String Keys_Title;
    public static String Keys_Text;
    public static String Keys_Search;
    public static String Keys_Change;
    public static String Keys_Key;
    public static String Keys_Does;
    public static String Keys_Where;
    public static String Keys_Everywhere;
    public static String Keys_Count;
    public static String Fixed_Grid;
    public static String Fixed_GridMove;
    public static String Fixed_GridMoveDoes;
    public static String Fixed_GridOpen;
    public static String Fixed_GridOpenDoes;
    public static String Fixed_GridZoom;
    public static String Fixed_GridZoomDoes;
    public static String Fixed_GridAll;
    public static String Fixed_GridAllDoes;
    public static String Fixed_Duplicates;
    public static String Fixed_DuplicatesUndo;
    public static String Fixed_DuplicatesUndoDoes;
    public static String Fixed_Look;
    public static String Fixed_LookMove;
    public static String Fixed_LookMoveDoes;
    public static String Fixed_LookHome;
    public static String Fixed_LookHomeDoes;
    public static String Steps_Do;

    static {
        NLS.initializeMessages("org.dinobench.ui.help.messages", Messages.class); // $NON-NLS-1$
    }

    private Messages() {}
}

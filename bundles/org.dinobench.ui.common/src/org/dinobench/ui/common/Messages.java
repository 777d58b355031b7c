package org.dinobench.ui.common;

import org.eclipse.osgi.util.NLS;

/** The texts of this bundle, from {@code messages.properties}. */
public final class Messages extends NLS {
    public static String Navigator_Empty;
    public static String Navigator_EmptyText;
    public static String Navigator_Quickstart;
    public static String Navigator_Import;
    public static String Navigator_Datasets;
    public static String Navigator_Curations;
    public static String Navigator_Runs;
    public static String Navigator_Evaluations;
    public static String Navigator_Exports;
    public static String Navigator_Broken;
    public static String WorkspaceFolder_Who;
    public static String Scan_NoCatalog;
    public static String Scan_InWork;
    public static String Scan_Images;
    public static String Scan_Busy;
    public static String State_Created;
    public static String State_Running;
    public static String State_Paused;
    public static String State_Stopped;
    public static String State_Failed;
    public static String State_Finished;
    public static String State_Share;
    public static String WorkerJob_NoStarter;
    public static String WorkerJob_NotStarted;
    public static String WorkerJob_Stopping;
    public static String WorkerJob_BadInput;
    public static String WorkerJob_Failed;
    public static String Property_Name;
    public static String Property_Kind;
    public static String Property_Folder;
    public static String Property_State;
    public static String Property_Problem;
    public static String Property_Step;
    public static String Property_Eta;
    public static String Property_Speed;
    public static String Property_Message;
    public static String Property_Host;
    public static String Category_General;
    public static String Category_Progress;
    public static String Kind_Dataset;
    public static String Kind_Curation;
    public static String Kind_Run;
    public static String Kind_Evaluation;
    public static String Kind_Export;

    static {
        NLS.initializeMessages("org.dinobench.ui.common.messages", Messages.class); // $NON-NLS-1$
    }

    private Messages() {}
}

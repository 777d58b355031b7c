package org.dinobench.ui.trainer;

import org.eclipse.osgi.util.NLS;

/** The texts of this bundle, from {@code messages.properties}. */
public final class Messages extends NLS {
    public static String Runs_Name;
    public static String Runs_State;
    public static String Runs_Progress;
    public static String Runs_TimeLeft;
    public static String Runs_BestKnn;
    public static String Runs_Speed;
    public static String Runs_Message;
    public static String Runs_Empty;
    public static String Runs_EmptyText;
    public static String Runs_New;
    public static String Runs_Quickstart;
    public static String Runs_SpeedValue;
    public static String Control_Failed;
    public static String Control_StopTitle;
    public static String Control_StopQuestion;
    public static String Control_Stop;
    public static String Chart_None;
    public static String Chart_NoneText;
    public static String Chart_NoMetrics;
    public static String Chart_NoMetricsText;
    public static String Chart_Broken;
    public static String Chart_Step;
    public static String Chart_Losses;
    public static String Chart_Accuracy;
    public static String Chart_Schedules;
    public static String Chart_Health;
    public static String Chart_All;
    public static String Chart_Smoothing;
    public static String Chart_Log;
    public static String Chart_WholeRange;
    public static String Chart_Hint;
    public static String Chart_Description;
    public static String Console_Name;
    public static String Console_NoLog;
    public static String NewRun_Title;
    public static String NewRun_RecipeTitle;
    public static String NewRun_RecipeText;
    public static String NewRun_DataTitle;
    public static String NewRun_DataText;
    public static String NewRun_Dataset;
    public static String NewRun_Name;
    public static String NewRun_Minutes;
    public static String NewRun_NoLimit;
    public static String NewRun_Summary;
    public static String NewRun_NoDataset;
    public static String NewRun_NoDatasetImport;
    public static String NewRun_NameMissing;
    public static String NewRun_NameTaken;
    public static String NewRun_Large;
    public static String NewRun_Job;
    public static String NewRun_NotWritten;
    public static String NewRun_SummaryText;
    public static String NewRun_Changes;
    public static String Card_quick;
    public static String Card_lesion_small;
    public static String Card_vitl16_short;
    public static String Card_vitl14;
    public static String Card_vitg14;
    public static String Card_distill;

    static {
        NLS.initializeMessages("org.dinobench.ui.trainer.messages", Messages.class); // $NON-NLS-1$
    }

    private Messages() {}
}

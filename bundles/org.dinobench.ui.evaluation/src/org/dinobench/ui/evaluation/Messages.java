package org.dinobench.ui.evaluation;

import org.eclipse.osgi.util.NLS;

/** The texts of this bundle, from {@code messages.properties}. */
public final class Messages extends NLS {
    public static String Report_None;
    public static String Report_NoneText;
    public static String Report_Quickstart;
    public static String Report_InWork;
    public static String Report_InWorkText;
    public static String Report_Broken;
    public static String Report_OpenHtml;
    public static String Report_OpenFolder;
    public static String Report_Knn;
    public static String Report_KnnText;
    public static String Report_Confusion;
    public static String Report_ConfusionText;
    public static String Report_Pictures;
    public static String Report_PicturesText;
    public static String Report_Conflicts;
    public static String Report_ConflictsText;
    public static String Report_Export;
    public static String Report_Facts;
    public static String Report_Reading;
    public static String Column_Features;
    public static String Column_K;
    public static String Column_Accuracy;
    public static String Column_Balanced;
    public static String Column_F1;
    public static String Column_Train;
    public static String Column_Test;
    public static String Tile_Best;
    public static String Tile_Images;
    public static String Tile_Kept;
    public static String Tile_NearPairs;
    public static String Tile_Identical;
    public static String Tile_Steps;
    public static String Tile_Minutes;
    public static String Picture_Image;
    public static String Picture_Attention;
    public static String Picture_Pca;
    public static String Row_Linear;
    public static String Row_Probe;
    public static String Cell_Hover;
    public static String Cell_Truth;
    public static String Cell_Predicted;
    public static String Look_Attention;
    public static String Look_Components;
    public static String Look_Model;
    public static String Look_Beside;
    public static String Look_NoSecond;
    public static String Look_Block;
    public static String Look_HeadLabel;
    public static String Look_Mean;
    public static String Look_Head;
    public static String Look_Cover;
    public static String Look_Foreground;
    public static String Look_Waiting;
    public static String Look_Computing;
    public static String Look_OfClass;
    public static String Look_OfPatch;
    public static String Look_NoModel;
    public static String Look_NoModelText;
    public static String Look_NoImage;
    public static String Look_NoImageText;
    public static String Look_ShowThumbnails;
    public static String Evaluate_Title;
    public static String Evaluate_PageTitle;
    public static String Evaluate_PageText;
    public static String Evaluate_Model;
    public static String Evaluate_Dataset;
    public static String Evaluate_Name;
    public static String Evaluate_NameSuggestion;
    public static String Evaluate_Tasks;
    public static String Evaluate_NoModel;
    public static String Evaluate_NoDataset;
    public static String Evaluate_NoTask;
    public static String Evaluate_Job;
    public static String Evaluate_LeaveOutRare;
    public static String Evaluate_LeaveOutRareTip;
    public static String Task_Knn;
    public static String Task_Linear;
    public static String Task_Probe;
    public static String Task_Fewshot;
    public static String Task_Retrieval;
    public static String Task_Statistics;
    public static String Task_Pictures;
    public static String Name_Missing;
    public static String Name_Taken;
    public static String Export_Title;
    public static String Export_PageTitle;
    public static String Export_PageText;
    public static String Export_Format;
    public static String Export_Name;
    public static String Export_Licence;
    public static String Export_LicenceHint;
    public static String Export_NoFormat;
    public static String Export_NotWritten;
    public static String Export_Job;
    public static String Cell_Pictures;
    public static String Cell_NoPredictions;
    public static String Cell_None;
    public static String Cell_Choose;

    static {
        NLS.initializeMessages("org.dinobench.ui.evaluation.messages", Messages.class); // $NON-NLS-1$
    }

    private Messages() {}
}

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

    static {
        NLS.initializeMessages("org.dinobench.ui.evaluation.messages", Messages.class); // $NON-NLS-1$
    }

    private Messages() {}
}

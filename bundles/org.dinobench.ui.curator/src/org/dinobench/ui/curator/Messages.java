package org.dinobench.ui.curator;

import org.eclipse.osgi.util.NLS;

/** The texts of this bundle, from {@code messages.properties}. */
public final class Messages extends NLS {
    public static String Thumbnails_Search;
    public static String Thumbnails_AllLabels;
    public static String Thumbnails_Unlabelled;
    public static String Thumbnails_ShowAll;
    public static String Thumbnails_ShowKept;
    public static String Thumbnails_ShowDropped;
    public static String Thumbnails_ShowGroups;
    public static String Thumbnails_ShowBroken;
    public static String Thumbnails_SortName;
    public static String Thumbnails_SortLabel;
    public static String Thumbnails_SortCluster;
    public static String Thumbnails_SortPixels;
    public static String Thumbnails_Count;
    public static String Thumbnails_CountSelected;
    public static String Thumbnails_CountCluster;
    public static String Thumbnails_Zoom;
    public static String Thumbnails_NoneMatch;
    public static String Thumbnails_NoneMatchText;
    public static String Thumbnails_ClearFilter;
    public static String Dataset_None;
    public static String Dataset_NoneText;
    public static String Dataset_Loading;
    public static String Dataset_LoadingText;
    public static String Dataset_Broken;
    public static String Dataset_LoadJob;
    public static String Action_Import;
    public static String Action_Quickstart;
    public static String Clusters_None;
    public static String Clusters_NoneText;
    public static String Clusters_Title;
    public static String Clusters_Images;
    public static String Clusters_Mixed;
    public static String Clusters_Pure;
    public static String Clusters_Summary;
    public static String Duplicates_None;
    public static String Duplicates_NoneText;
    public static String Duplicates_Summary;
    public static String Duplicates_Group;
    public static String Duplicates_Conflict;
    public static String Duplicates_Kept;
    public static String Duplicates_Dropped;
    public static String Duplicates_OnlyConflicts;
    public static String Duplicates_Keys;
    public static String Duplicates_Keep;
    public static String Duplicates_Drop;
    public static String Duplicates_DecideJob;
    public static String Duplicates_ReasonKeep;
    public static String Duplicates_ReasonDrop;
    public static String Duplicates_UndoKeep;
    public static String Duplicates_UndoDrop;
    public static String Import_Title;
    public static String Import_PageTitle;
    public static String Import_PageText;
    public static String Import_Folder;
    public static String Import_Browse;
    public static String Import_Name;
    public static String Import_NameHelp;
    public static String Import_Labels;
    public static String Import_LabelsFolders;
    public static String Import_LabelsNone;
    public static String Import_FolderMissing;
    public static String Import_FolderNone;
    public static String Import_NameMissing;
    public static String Import_NameTaken;
    public static String Import_Looking;
    public static String Import_Found;
    public static String Import_FoundNone;
    public static String Import_Job;
    public static String Fact_Image;
    public static String Fact_Curation;
    public static String Fact_File;
    public static String Fact_Label;
    public static String Fact_Split;
    public static String Fact_Size;
    public static String Fact_Bytes;
    public static String Fact_Format;
    public static String Fact_Hash;
    public static String Fact_Status;
    public static String Fact_Keep;
    public static String Fact_Kept;
    public static String Fact_Dropped;
    public static String Fact_Reason;
    public static String Fact_Group;
    public static String Fact_Cluster;
    public static String Fact_ByPerson;

    static {
        NLS.initializeMessages("org.dinobench.ui.curator.messages", Messages.class); // $NON-NLS-1$
    }

    private Messages() {}
}

package org.dinobench.ui.losses;

import org.eclipse.osgi.util.NLS;

/** The texts of this bundle, from {@code messages.properties}. */
public final class Messages extends NLS {
    public static String Section_Dino;
    public static String Section_DinoText;
    public static String Section_Ibot;
    public static String Section_IbotText;
    public static String Section_Koleo;
    public static String Section_KoleoText;
    public static String Section_Teacher;
    public static String Section_TeacherText;
    public static String Section_More;
    public static String Further_Use;
    public static String Further_Text;
    public static String View_Preset;
    public static String View_Reset;
    public static String View_NewRun;
    public static String View_Changes;
    public static String View_NoChanges;
    public static String View_NoChangesText;
    public static String View_Warnings;
    public static String View_PresetValue;
    public static String View_ResetOne;
    public static String View_Copy;
    public static String View_SwitchedOff;
    public static String Warn_Sharper;
    public static String Warn_SharperText;
    public static String Warn_WarmupTemp;
    public static String Warn_WarmupTempText;
    public static String Warn_KoleoStrong;
    public static String Warn_KoleoStrongText;
    public static String Warn_NoSpread;
    public static String Warn_NoSpreadText;
    public static String Warn_Momentum;
    public static String Warn_MomentumText;
    public static String Warn_FewPrototypes;
    public static String Warn_FewPrototypesText;
    public static String Section_Optimizer;
    public static String Section_OptimizerText;
    public static String Section_Curves;
    public static String Section_CurvesText;
    public static String Curve_Epochs;
    public static String Curve_Steps;
    public static String Curve_Temperature;
    public static String Curve_Momentum;
    public static String Curve_LearningRate;
    public static String Curve_ScaledRate;
    public static String Curve_WeightDecay;
    public static String Curve_At;
    public static String Curve_KnotAt;
    public static String Knot_Start;
    public static String Knot_WarmUp;
    public static String Knot_End;
    public static String Warn_Sinkhorn;
    public static String Warn_SinkhornText;
    public static String Warn_Rate;
    public static String Warn_RateText;
    public static String Warn_NoWarmUp;
    public static String Warn_NoWarmUpText;

    static {
        NLS.initializeMessages("org.dinobench.ui.losses.messages", Messages.class); // $NON-NLS-1$
    }

    private Messages() {}
}

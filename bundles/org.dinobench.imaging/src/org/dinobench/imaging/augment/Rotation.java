package org.dinobench.imaging.augment;

/** Which rotations a crop may take; each allowed angle is equally likely. Outside the image its mirror is seen. */
public enum Rotation {
    /** Upright only. */
    NONE,
    /** 0, 90, 180 or 270 degrees, exact. */
    QUARTERS,
    /** Any angle; samples are interpolated. */
    ANY
}

/** Segmentation by a linear head on frozen patch features. */
package org.dinobench.evaluation.segmentation;

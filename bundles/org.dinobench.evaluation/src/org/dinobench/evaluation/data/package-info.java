/** Labelled images, their features, splits that groups never cross, and the check for leaks. */
package org.dinobench.evaluation.data;

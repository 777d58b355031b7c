/** Measures of features that need no labels. */
package org.dinobench.evaluation.statistics;

/** Measures of classifiers, with confidence intervals. */
package org.dinobench.evaluation.metrics;

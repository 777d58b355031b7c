/** Dinobench Evaluation. */
package org.dinobench.evaluation;

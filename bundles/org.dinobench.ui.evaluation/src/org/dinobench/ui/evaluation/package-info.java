/** Dinobench UI Evaluation. */
package org.dinobench.ui.evaluation;

/** Self-contained HTML reports with charts and pictures. */
package org.dinobench.evaluation.report;

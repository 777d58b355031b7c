/** Linear classifiers on frozen features. */
package org.dinobench.evaluation.linear;

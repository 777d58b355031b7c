/** Nearest-neighbour evaluation of frozen features. */
package org.dinobench.evaluation.knn;

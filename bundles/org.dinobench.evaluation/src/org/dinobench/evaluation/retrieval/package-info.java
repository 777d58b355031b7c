/** Finding images of the same class by features. */
package org.dinobench.evaluation.retrieval;

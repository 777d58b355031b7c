/** Several models side by side on the same images. */
package org.dinobench.evaluation.compare;

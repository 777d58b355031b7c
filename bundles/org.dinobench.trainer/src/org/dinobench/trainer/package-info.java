/** Dinobench Trainer. */
package org.dinobench.trainer;

/** Timing of training steps. */
package org.dinobench.trainer.bench;

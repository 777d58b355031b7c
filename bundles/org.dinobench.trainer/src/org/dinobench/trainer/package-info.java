/**
 * Self-supervised pre-training: {@link org.dinobench.trainer.Pretraining} is the call, a run directory the result. The
 * parts that others build on are in the packages {@code step}, {@code schedule} and {@code mask}.
 */
package org.dinobench.trainer;

/** One training step: networks, objective, optimizer. */
package org.dinobench.trainer.step;

/** The training loop and what surrounds it. */
package org.dinobench.trainer.internal.loop;

/** Learning rate, weight decay, momentum and temperature over a run. */
package org.dinobench.trainer.schedule;

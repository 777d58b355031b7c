/** Training whose weights, gradients and optimizer are divided among several processes. */
package org.dinobench.trainer.shard;

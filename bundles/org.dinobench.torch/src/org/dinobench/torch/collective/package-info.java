/** Communication among the ranks of a distributed job. */
package org.dinobench.torch.collective;

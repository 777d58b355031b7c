/** Machines that are reached through SSH. */
package org.dinobench.cluster.ssh;

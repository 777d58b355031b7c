/** Trying out a cluster profile: what works, and what to repair. */
package org.dinobench.cluster.check;

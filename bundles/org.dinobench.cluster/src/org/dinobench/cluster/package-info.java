/** Dinobench Cluster. */
package org.dinobench.cluster;

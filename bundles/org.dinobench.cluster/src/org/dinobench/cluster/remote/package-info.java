/** Runs that are computed elsewhere, followed from here. */
package org.dinobench.cluster.remote;

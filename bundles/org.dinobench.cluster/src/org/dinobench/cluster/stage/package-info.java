/** Bringing files to other machines, those that are not there yet. */
package org.dinobench.cluster.stage;

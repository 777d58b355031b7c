/** Machines on which commands are run and files are kept, this one or another. */
package org.dinobench.cluster.site;

/** Clusters of similar images, and what can be done with them: hierarchy, balance, retrieval. */
package org.dinobench.curator.cluster;

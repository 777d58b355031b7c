/** Dinobench Curator. */
package org.dinobench.curator;

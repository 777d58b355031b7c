/** Copies of the same picture: found, confirmed, grouped. */
package org.dinobench.curator.dedup;

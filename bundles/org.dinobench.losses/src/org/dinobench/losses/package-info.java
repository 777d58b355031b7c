/** Dinobench Losses. */
package org.dinobench.losses;

/** Dinobench Imaging. */
package org.dinobench.imaging;

/** Dinobench Torch. */
package org.dinobench.torch;

/** Masks of patches. */
package org.dinobench.trainer.mask;

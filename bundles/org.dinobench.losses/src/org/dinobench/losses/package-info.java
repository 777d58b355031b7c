/**
 * The parts of DINOv2's training objective and the centering of its teacher. A new loss is an OSGi service of
 * {@link org.dinobench.losses.LossProvider}; {@link org.dinobench.losses.LossRegistry} is what a run chooses from.
 */
package org.dinobench.losses;

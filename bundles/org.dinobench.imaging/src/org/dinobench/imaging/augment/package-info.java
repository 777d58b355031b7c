/** Multi-crop augmentation as DINOv2 does it: what is drawn, and how it is rendered. */
package org.dinobench.imaging.augment;

/** Perceptual hashes, descriptors and local features that find copies of images without a network. */
package org.dinobench.imaging.hash;

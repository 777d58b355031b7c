/** Vectors of images: embedders, and the store that keeps what they made. */
package org.dinobench.curator.embed;

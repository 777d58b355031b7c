/** Streams of batches for training, evaluation and embedding. */
package org.dinobench.imaging.loader;

/** Dinobench Faiss. */
package org.dinobench.faiss;

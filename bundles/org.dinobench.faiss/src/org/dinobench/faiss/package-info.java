/**
 * Search and clustering of vectors by Faiss, through a binding of our own: {@link org.dinobench.faiss.Index},
 * {@link org.dinobench.faiss.KMeans}, over {@link org.dinobench.faiss.Vectors} outside the Java heap. The native
 * library is built by {@code native/build.sh} and lies in a fragment for each platform.
 */
package org.dinobench.faiss;

/** Maps of embeddings in two dimensions: principal components at once, Barnes-Hut t-SNE as a job. */
package org.dinobench.curator.map;

/** Measurements of curation on made-up vectors. */
package org.dinobench.curator.bench;

/** Attention maps and principal components of patch features as pictures. */
package org.dinobench.evaluation.maps;

/** Features of whole folders as files that other tools read. */
package org.dinobench.evaluation.embed;

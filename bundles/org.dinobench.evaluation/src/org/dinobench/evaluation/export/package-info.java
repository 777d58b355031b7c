/** Writing backbones in forms that other software reads, each checked after writing. */
package org.dinobench.evaluation.export;

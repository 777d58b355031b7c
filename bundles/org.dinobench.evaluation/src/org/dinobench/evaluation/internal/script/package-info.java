/** TorchScript files: compiled from our source text, opened by DJL. */
package org.dinobench.evaluation.internal.script;

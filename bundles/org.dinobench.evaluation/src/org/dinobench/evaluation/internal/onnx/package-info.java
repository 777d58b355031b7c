/** ONNX files: written by ourselves, opened by ONNX Runtime. */
package org.dinobench.evaluation.internal.onnx;

/** Files of tensors: safetensors and PyTorch's own format, read with limits and without running what they contain. */
package org.dinobench.torch.format;

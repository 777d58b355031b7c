/**
 * All that a bundle from elsewhere needs to bring a loss: a configuration record, the loss, its provider, and one
 * component file. Tests install it; the product does not.
 */
package org.dinobench.losses.example;

/** Dinobench UI Trainer. */
package org.dinobench.ui.trainer;

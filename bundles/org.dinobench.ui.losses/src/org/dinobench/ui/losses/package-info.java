/** Dinobench UI Losses. */
package org.dinobench.ui.losses;

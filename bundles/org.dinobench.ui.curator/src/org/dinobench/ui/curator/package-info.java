/** Dinobench UI Curator. */
package org.dinobench.ui.curator;

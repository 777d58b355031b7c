/** Dinobench UI Common. */
package org.dinobench.ui.common;

/** Dinobench Application. */
package org.dinobench.app;

/** Dinobench Core. */
package org.dinobench.core;

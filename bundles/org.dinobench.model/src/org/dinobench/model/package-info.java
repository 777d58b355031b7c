/** Dinobench Model. */
package org.dinobench.model;

/** Takes the pictures of the documentation from a real workbench. */
package org.dinobench.app.workbench.tour;

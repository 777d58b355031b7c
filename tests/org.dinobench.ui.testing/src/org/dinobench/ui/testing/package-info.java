/** What the tests of the workbench share: a robot, a detector of stalls, pictures of windows, and sample data. */
package org.dinobench.ui.testing;

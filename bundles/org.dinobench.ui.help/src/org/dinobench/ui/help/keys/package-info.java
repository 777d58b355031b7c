/** All key bindings on one page. */
package org.dinobench.ui.help.keys;

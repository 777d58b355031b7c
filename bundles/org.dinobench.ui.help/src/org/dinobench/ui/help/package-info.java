/** Help inside the workbench: the user guide, help on what has the focus (F1), cheat sheets, the list of keys. */
package org.dinobench.ui.help;

/** Shows pages of the guide with the widgets of the workbench: no browser and no web server is needed. */
package org.dinobench.ui.help.page;

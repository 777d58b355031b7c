/** Reads the small part of Markdown in which the documentation is written; without any toolkit. */
package org.dinobench.ui.help.markdown;

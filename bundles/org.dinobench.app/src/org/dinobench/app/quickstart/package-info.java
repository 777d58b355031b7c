/** The whole way from a folder of images to an exported model and a report, as one job made of core calls. */
package org.dinobench.app.quickstart;

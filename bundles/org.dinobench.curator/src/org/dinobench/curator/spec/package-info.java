/** The configuration of a curation, stage by stage. */
package org.dinobench.curator.spec;

/** How keys are found and used. */
package org.dinobench.cluster.ssh.internal;

/** Where runs can be computed: cluster profiles, small YAML files without secrets. */
package org.dinobench.cluster.profile;

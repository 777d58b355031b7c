/** Features of images from frozen networks, and from baselines. */
package org.dinobench.evaluation.features;

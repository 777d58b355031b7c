package org.dinobench.curator.spec;

import org.dinobench.core.spec.Key;

/**
 * How clusters are evened out.
 *
 * @param target images wanted in all; 0 keeps all
 */
public record BalanceSpec(
        @Key(
                doc = "Images wanted in all, drawn as evenly from the clusters as their sizes allow; 0 keeps all.",
                def = "0",
                min = 0)
        int target) {}

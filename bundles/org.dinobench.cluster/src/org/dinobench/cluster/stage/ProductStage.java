package org.dinobench.cluster.stage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.dinobench.cluster.ProductProgram;
import org.dinobench.cluster.site.CommandResult;
import org.dinobench.cluster.site.Site;
import org.dinobench.core.io.ContentHash;
import org.dinobench.core.job.JobMonitor;

/**
 * Brings this product to a site, into a folder of its own for each build, so that running jobs keep theirs. A new build
 * begins as links to the files of the last one.
 */
public final class ProductStage {
    private static final String PREFIX = "product-";

    private final ProductProgram product;
    private final JobMonitor monitor;
    private Map<String, Path> files;
    private Map<String, String> hashes;

    /** @param product to bring; it is read once */
    public ProductStage(ProductProgram product, JobMonitor monitor) {
        this.product = product;
        this.monitor = monitor;
    }

    /**
     * Where this build lies, or would lie, on a site.
     *
     * @param folder of product and data on the site
     */
    public String place(Site site, String folder) throws IOException {
        if (hashes == null) {
            files = product.files();
            hashes = Staging.hashes(files, monitor);
        }
        return site.absolute(folder) + "/" + PREFIX
                + ContentHash.ofText(new TreeMap<>(hashes).toString()).substring(0, 16);
    }

    /** Brings what is not there yet. */
    public Staging.Report bring(Site site, String folder) throws IOException {
        String place = place(site, folder);
        if (site.size(place + "/" + Staging.LIST).isEmpty()) {
            CommandResult last = site.run(
                    "find",
                    site.absolute(folder) + "/",
                    "-maxdepth",
                    "1",
                    "-type",
                    "d",
                    "-name",
                    PREFIX + "*",
                    "-printf",
                    "%T@ %p\\0");
            String newest = last.out()
                    .transform(text -> java.util.Arrays.stream(text.split("\0")))
                    .filter(line -> line.indexOf(' ') > 0 && !line.endsWith(place))
                    .max(java.util.Comparator.comparingDouble(
                            line -> Double.parseDouble(line.substring(0, line.indexOf(' ')))))
                    .map(line -> line.substring(line.indexOf(' ') + 1))
                    .orElse("");
            if (!newest.isEmpty() && site.size(newest + "/" + Staging.LIST).isPresent()) {
                // files are replaced by renaming, which leaves the other name of a link alone
                site.run("cp", "-al", "--", newest, place);
            }
        }
        return new Staging(site, place, monitor).bring(files, hashes, true);
    }
}

package org.dinobench.ui.trainer.resources;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.dinobench.core.run.ResourceSample;
import org.dinobench.ui.common.chart.Points;
import org.dinobench.ui.common.parts.Words;
import org.dinobench.ui.trainer.Messages;
import org.eclipse.osgi.util.NLS;

/**
 * What one process of a run takes of its machine.
 *
 * @param rank its number
 * @param samples oldest first, at least one
 */
public record RankUse(int rank, List<ResourceSample> samples) {
    /** Copies the list. */
    public RankUse {
        samples = List.copyOf(samples);
    }

    /** {@return the latest sample} */
    public ResourceSample now() {
        return samples.get(samples.size() - 1);
    }

    /** {@return number and machine of the process} */
    public String title() {
        return NLS.bind(Messages.Resources_Process, rank, now().host());
    }

    /** {@return cores in use, of those that there are} */
    public String cores() {
        return Double.isNaN(now().cores())
                ? Messages.Resources_Unknown
                : NLS.bind(
                        Messages.Resources_Cores,
                        String.format(Locale.ROOT, "%.1f", now().cores()), // $NON-NLS-1$
                        now().coresOfMachine());
    }

    /** {@return resident memory, of that of the machine} */
    public String memory() {
        return now().memory() == 0
                ? Messages.Resources_Unknown
                : NLS.bind(Messages.Resources_Of, Words.bytes(now().memory()), Words.bytes(now().memoryOfMachine()));
    }

    /** {@return what the graphics processor does} */
    public String gpu() {
        return now().gpu()
                .map(g -> NLS.bind(
                        Messages.Resources_GpuUse,
                        new Object[] {Words.percent(g.share()), Words.bytes(g.memory()), Words.bytes(g.total())}))
                .orElse(Messages.Resources_NoGpu);
    }

    /** A number of all samples over their time in seconds. */
    Points course(ToDoubleFunction<ResourceSample> of) {
        double[] x = samples.stream().mapToDouble(ResourceSample::time).toArray();
        double[] y = samples.stream().mapToDouble(of).toArray();
        return new Points(x, y, x.length);
    }
}

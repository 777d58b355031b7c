package org.dinobench.core.spec.train;

import java.util.ArrayList;
import java.util.List;
import org.dinobench.core.problem.BadInputException;

/**
 * Sizes of a vision transformer by name. S, B, L and g are those of the DINOv2 paper (appendix, table of
 * architectures; B with the 12 blocks of the released weights); the smaller ones are ours for small image sets.
 *
 * @param name key as in {@code student.arch}
 * @param width embedding dimension
 * @param depth number of blocks
 * @param heads attention heads; {@code width / heads} is the head width
 */
public record ArchPreset(String name, int width, int depth, int heads) {
    private static final List<ArchPreset> ALL = List.of(
            new ArchPreset("vit_micro", 128, 6, 2),
            new ArchPreset("vit_mini", 192, 6, 3),
            new ArchPreset("vit_tiny", 192, 12, 3),
            new ArchPreset("vit_small", 384, 12, 6),
            new ArchPreset("vit_base", 768, 12, 12),
            new ArchPreset("vit_large", 1024, 24, 16),
            new ArchPreset("vit_giant2", 1536, 40, 24));

    /** All presets from small to large. */
    public static List<ArchPreset> all() {
        return ALL;
    }

    /** @throws BadInputException when no preset has this name */
    public static ArchPreset of(String name) {
        for (ArchPreset preset : ALL) {
            if (preset.name.equals(name)) {
                return preset;
            }
        }
        List<String> names = ALL.stream().map(ArchPreset::name).toList();
        throw new BadInputException(
                "student.arch", "there is no architecture \"" + name + "\"", "use one of " + String.join(", ", names));
    }

    /** Width of one attention head. */
    public int headWidth() {
        return width / heads;
    }

    /**
     * Sentences about sizes that run slower than they could: the paper (section 5) finds head widths that are a multiple
     * of 64 and widths that are a multiple of 256 the fastest. Empty when nothing is to be said.
     */
    public List<String> efficiencyRemarks() {
        List<String> remarks = new ArrayList<>();
        if (headWidth() % 64 != 0) {
            remarks.add(
                    "The head width " + headWidth() + " is no multiple of 64, where attention kernels are fastest.");
        }
        if (width % 256 != 0) {
            remarks.add("The width " + width + " is no multiple of 256, where matrix products are fastest.");
        }
        return List.copyOf(remarks);
    }
}

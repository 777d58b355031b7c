package org.dinobench.ui.help.page;

import java.util.List;
import java.util.Locale;
import org.dinobench.ui.help.markdown.Block;
import org.dinobench.ui.help.markdown.Inline;

/**
 * A page that can be shown.
 *
 * @param href by which it is found again, empty for one that is made on the spot
 * @param blocks what it says
 */
public record HelpPage(String href, List<Block> blocks) {
    /** Keeps a copy. */
    public HelpPage {
        blocks = List.copyOf(blocks);
    }

    /** {@return the words of its first heading} */
    public String title() {
        return blocks.stream()
                .filter(Block.Heading.class::isInstance)
                .map(b -> Inline.plain(((Block.Heading) b).text()))
                .findFirst()
                .orElse(href);
    }

    /**
     * Whether a part of the page has all words.
     *
     * @param anchor of the heading at which the part begins; empty for the whole page
     * @param words in lower case
     * @return whether each of them is somewhere in the part
     */
    public boolean has(String anchor, List<String> words) {
        StringBuilder text = new StringBuilder();
        int level = 0;
        for (Block block : blocks) {
            if (block instanceof Block.Heading heading) {
                if (heading.anchor().equals(anchor)) {
                    level = heading.level();
                } else if (level > 0 && heading.level() <= level) {
                    level = 0;
                }
            }
            if (level > 0 || anchor.isEmpty()) {
                text.append(words(block)).append(' ');
            }
        }
        String lower = text.toString().toLowerCase(Locale.ROOT);
        return words.stream().allMatch(lower::contains);
    }

    /**
     * The words of a block.
     *
     * @param block any block
     * @return its words without marks
     */
    public static String words(Block block) {
        if (block instanceof Block.Heading heading) {
            return Inline.plain(heading.text());
        } else if (block instanceof Block.Paragraph paragraph) {
            return Inline.plain(paragraph.text());
        } else if (block instanceof Block.Items items) {
            return Inline.plain(String.join("\n", items.items())); // $NON-NLS-1$
        } else if (block instanceof Block.Table table) {
            return Inline.plain(String.join(
                    "\n", table.rows().stream().map(r -> String.join("  ", r)).toList())); // $NON-NLS-1$ //$NON-NLS-2$
        } else if (block instanceof Block.Picture picture) {
            return picture.words();
        } else if (block instanceof Block.Code code) {
            return code.text();
        }
        return ""; // $NON-NLS-1$
    }
}

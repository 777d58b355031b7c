package org.dinobench.ui.help.markdown;

import java.util.List;

/** A piece of a page. Texts still hold their inline marks: see {@link Inline}. */
public sealed interface Block {
    /**
     * A heading.
     *
     * @param level 1 for the page's title
     * @param text its words
     * @param anchor by which links name it
     */
    record Heading(int level, String text, String anchor) implements Block {}

    /**
     * Running text.
     *
     * @param text with inline marks
     */
    record Paragraph(String text) implements Block {}

    /**
     * A list.
     *
     * @param items each with inline marks
     * @param numbered whether items carry numbers
     */
    record Items(List<String> items, boolean numbered) implements Block {
        /** Keeps a copy. */
        public Items {
            items = List.copyOf(items);
        }
    }

    /**
     * A table; its first row is the head, all rows have as many cells as the head.
     *
     * @param rows cells with inline marks
     */
    record Table(List<List<String>> rows) implements Block {
        /** Keeps a copy. */
        public Table {
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    /**
     * Lines shown as they are.
     *
     * @param text the lines
     */
    record Code(String text) implements Block {}

    /**
     * A picture.
     *
     * @param words what it shows
     * @param file its file, relative to the page
     */
    record Picture(String words, String file) implements Block {}
}

package org.dinobench.ui.help.markdown;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownReaderTest {
    @Test
    void everyKindOfBlockIsRead() {
        assertEquals(
                List.of(
                        new Block.Heading(1, "Title", "title"),
                        new Block.Paragraph("One line goes on."),
                        new Block.Items(List.of("first goes on", "second"), false),
                        new Block.Items(List.of("one", "two"), true),
                        new Block.Heading(2, "Spec (`spec.yaml`)", "spec-specyaml"),
                        new Block.Code("a | b\n- c"),
                        new Block.Picture("what it shows", "images/a.png"),
                        new Block.Table(
                                List.of(List.of("key", "does"), List.of("`a|b`", "x | y"), List.of("short", "")))),
                MarkdownReader.read("""
                    # Title
                    One line
                    goes on.

                    - first
                      goes on
                    - second

                    1. one
                    2. two

                    ## Spec (`spec.yaml`)
                    ```
                    a | b
                    - c
                    ```
                    ![what it shows](images/a.png)
                    | key | does |
                    |---|---|
                    | `a|b` | x \\| y |
                    | short |
                    """));
    }

    @Test
    void anOpenFenceEndsWithTheText() {
        assertEquals(List.of(new Block.Code("a")), MarkdownReader.read("```\na"));
        assertEquals(List.of(), MarkdownReader.read("\n \n"));
    }

    @Test
    void marksBecomeFormsAndNothingIsTakenForMarkup() {
        assertEquals(
                "a &lt;b&gt; <b>x</b> <span font=\"italic\">y</span> <span font=\"code\">*z*&amp;</span>"
                        + " <a href=\"c.md#d\">e</a>",
                Inline.form("a <b> **x** *y* `*z*&` [e](c.md#d)"));
        assertEquals("2 * 3 * 4 and snake_case_name", Inline.plain("2 * 3 * 4 and snake_case_name"));
        assertEquals("e x y", Inline.plain("[`e`](f) **x** *y*"));
    }
}

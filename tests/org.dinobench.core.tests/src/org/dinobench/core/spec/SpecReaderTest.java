package org.dinobench.core.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import org.dinobench.core.problem.BadInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecReaderTest {
    enum Colour {
        RED,
        LIGHT_BLUE
    }

    record Inner(
            @Key(doc = "How many.", def = "3", min = 1, max = 9)
            int howMany,

            @Key(doc = "Text.", def = "a b") String someText,

            @Key(doc = "A limit.", def = "", unit = "minutes", min = 0)
            OptionalDouble limit) {}

    record Outer(
            @Key(doc = "Width.", def = "auto", auto = true, min = 1)
            OptionalInt width,

            @Key(doc = "Rate.", def = "1e-6", min = 0, max = 1)
            double rate,

            @Key(doc = "Colour.", def = "light_blue") Colour colour,
            @Key(doc = "Sizes.", def = "[1, 2]", min = 0) List<Integer> sizes,

            @Key(doc = "Span.", def = "[0.1, 0.5]", min = 0, max = 1)
            Range span,

            @Key(doc = "Switch.", def = "true") boolean on,
            @Key(doc = "Seed.", def = "0") long seed,
            @Key(doc = "File.", def = "") Optional<String> file,
            @Key(doc = "More.") Map<String, Object> more,
            @Key(doc = "Inner part.") Inner inner) {}

    private static final SpecReader<Outer> READER = SpecReader.of(Outer.class);
    private static final Outer DEFAULTS = SpecSchema.of(Outer.class).defaults();

    @TempDir
    Path folder;

    private static Outer read(String yaml) {
        return READER.readText("f.yaml", yaml, DEFAULTS).spec();
    }

    @Test
    void defaultsComeFromTheAnnotations() {
        assertEquals(
                new Outer(
                        OptionalInt.empty(),
                        1e-6,
                        Colour.LIGHT_BLUE,
                        List.of(1, 2),
                        new Range(0.1, 0.5),
                        true,
                        0,
                        Optional.empty(),
                        Map.of(),
                        new Inner(3, "a b", OptionalDouble.empty())),
                DEFAULTS);
        assertEquals(DEFAULTS, read(""));
        assertEquals(DEFAULTS, read("# nothing\n"));
        assertEquals(DEFAULTS, read("inner:\n"));
    }

    @Test
    void valuesOfAllTypesAreRead() {
        Outer spec = read("""
            width: 12
            rate: .5
            colour: red
            sizes: [4, 5, 6]
            span: [0, 1]
            on: False
            seed: 123456789012
            file: "x: y"
            more: {vicreg: {weight: 2.5, on: true, name: "7"}}
            inner:
              how_many: 9
              some_text: 'it''s'
              limit: 2
            """);
        assertEquals(
                new Outer(
                        OptionalInt.of(12),
                        .5,
                        Colour.RED,
                        List.of(4, 5, 6),
                        new Range(0, 1),
                        false,
                        123456789012L,
                        Optional.of("x: y"),
                        Map.of("vicreg", Map.of("weight", 2.5, "on", true, "name", "7")),
                        new Inner(9, "it's", OptionalDouble.of(2))),
                spec);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "widht: 3 | f.yaml:1 | width",
                "rate: 0\\ncolor: red | f.yaml:2 | colour",
                "inner:\\n  how_mayn: 3 | f.yaml:2 | inner.how_many",
                "inner:\\n  some_text: x\\n  rate: 3 | f.yaml:3 | rate",
                "how_many: 3 | f.yaml:1 | inner.how_many",
            })
    void anUnknownKeyNamesLineAndNearestKey(String yaml, String where, String nearest) {
        BadInputException e = assertThrows(BadInputException.class, () -> read(yaml.replace("\\n", "\n")));
        assertEquals(where, e.where());
        assertEquals("the nearest known key is " + nearest, e.remedy());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "width: wide | 1 | a whole number or auto",
                "width: 1.5 | 1 | a whole number or auto",
                "width: \"12\" | 1 | a whole number or auto",
                "width: 0 | 1 | at least 1",
                "width: 99999999999 | 1 | too large",
                "rate: 2 | 1 | between 0 and 1",
                "rate: .nan | 1 | a number",
                "rate: 1e999 | 1 | between 0 and 1",
                "rate: auto | 1 | a number",
                "on: 1 | 1 | true or false",
                "colour: blue | 1 | one of red, light_blue",
                "colour: [red] | 1 | one of red",
                "sizes: 3 | 1 | a list",
                "sizes: [1, -1] | 1 | at least 0",
                "span: [0.5, 0.1] | 1 | ascending",
                "span: [0.5] | 1 | two numbers",
                "inner: 3 | 1 | key: value",
                "inner: {how_many: 10} | 1 | between 1 and 9",
                "rate: 0\\nrate: 1 | 2 | remove one",
                "rate: 0\\n\\nmore: [1] | 3 | a section",
                "- 1 | 1 | key: value",
            })
    void aWrongValueNamesLineAndWhatIsRight(String yaml, int line, String remedy) {
        BadInputException e = assertThrows(BadInputException.class, () -> read(yaml.replace("\\n", "\n")));
        assertEquals("f.yaml:" + line, e.where());
        assertTrue(e.remedy().contains(remedy), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rate: [1 | not valid YAML",
                "a: &x 1\\nb: *x | alias",
                "rate: 'open | not valid YAML",
                "rate: 1\\n  width: 2 | not valid YAML",
                "--- {}\\n--- {} | not valid YAML",
            })
    void brokenYamlIsBadInput(String yaml, String problem) {
        BadInputException e = assertThrows(BadInputException.class, () -> read(yaml.replace("\\n", "\n")));
        assertTrue(e.getMessage().startsWith("f.yaml:"), e.getMessage());
        assertTrue(e.problem().contains(problem), e.problem());
    }

    @Test
    void deepAndHugeFilesAreRefusedWithoutHarm() throws Exception {
        BadInputException deep = assertThrows(BadInputException.class, () -> read("more: " + "[".repeat(100_000)));
        assertTrue(deep.problem().contains("deep"), deep.problem());
        Path huge = folder.resolve("huge.yaml");
        Files.writeString(huge, "# " + "x".repeat(2 << 20));
        assertTrue(assertThrows(BadInputException.class, () -> READER.read(huge))
                .problem()
                .contains("1 MiB"));
        Path latin = Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe4});
        assertTrue(assertThrows(BadInputException.class, () -> READER.read(latin))
                .problem()
                .contains("UTF-8"));
        assertThrows(BadInputException.class, () -> READER.read(folder.resolve("absent.yaml")));
        assertThrows(BadInputException.class, () -> READER.read(folder));
    }

    @Test
    void noGarbageEverGivesAnythingButBadInput() {
        Random random = new Random(7);
        String alphabet = "widthrate:innr {}[]\n  -\"'#&*!|>%@`,.0123\t\u00e4auto?<";
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "inner:\n  " : "rate: ");
            for (int n = random.nextInt(30); n > 0; n--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                read(text.toString());
            } catch (BadInputException e) {
                refused++;
            }
        }
        assertTrue(refused > 10_000, "refused " + refused);
    }

    @Test
    void assignmentsChangeOneKey() {
        assertEquals(7, READER.set(DEFAULTS, "inner.how_many=7").inner().howMany());
        assertEquals(Optional.of("a=b"), READER.set(DEFAULTS, "file = a=b").file());
        assertEquals(
                OptionalInt.empty(),
                READER.setAll(DEFAULTS, List.of("width=3", "width=auto")).width());
        assertEquals("", READER.set(DEFAULTS, "inner.some_text=").inner().someText());
        assertEquals(new Range(.2, .3), READER.set(DEFAULTS, "span=[0.2, 0.3]").span());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "inner.how_mny=3 | inner.how_many",
                "how_many=3 | inner.how_many",
                "inner=3 | inner.how_many",
                "rate | key",
                "=3 | optim",
                "rate=x | a number",
                "inner.deep.er=3 | inner",
            })
    void wrongAssignmentsAreBadInput(String assignment, String remedy) {
        BadInputException e = assertThrows(BadInputException.class, () -> READER.set(DEFAULTS, assignment));
        assertTrue(e.where().startsWith("--set "), e.where());
        assertTrue(e.getMessage().contains(remedy), e.getMessage());
    }

    @Test
    void whatIsWrittenReadsBackEqual() {
        Outer spec = new Outer(
                OptionalInt.of(5),
                1.0 / 3,
                Colour.RED,
                List.of(),
                new Range(0, 1e-9),
                false,
                Long.MAX_VALUE,
                Optional.of("  ü \"q\" \\ : # {x} \n\t\u2028 null"),
                Map.of("l", Map.of("w", 2.5, "text", "true", "n", 7L, "list", List.of(1L, "a"))),
                new Inner(1, "true", OptionalDouble.of(1e-300)));
        for (boolean comments : new boolean[] {false, true}) {
            assertEquals(spec, read(SpecWriter.write(spec, comments)));
            // unset and auto override a base that has values
            assertEquals(
                    DEFAULTS,
                    READER.readText("f", SpecWriter.write(DEFAULTS, comments), spec)
                            .spec());
        }
    }

    @Test
    void openSectionsBindToTheirOwnRecords() {
        Outer spec = read("more: {part: {how_many: 4, some_text: \"12\"}}");
        SpecReader<Inner> reader = SpecReader.of(Inner.class);
        Inner base = SpecSchema.of(Inner.class).defaults();
        @SuppressWarnings("unchecked") // the reader makes string-keyed maps
        Map<String, Object> part = (Map<String, Object>) spec.more().get("part");
        assertEquals(new Inner(4, "12", OptionalDouble.empty()), reader.readTree("more.part", part, base));
        BadInputException e =
                assertThrows(BadInputException.class, () -> reader.readTree("more.part", Map.of("how_mny", 1), base));
        assertEquals("more.part", e.where());
    }

    @Test
    void theSchemaServesDialogs() {
        SpecSchema<Outer> schema = SpecSchema.of(Outer.class);
        SpecKey key = schema.find("inner.how_many").orElseThrow();
        assertEquals(SpecKey.Kind.INTEGER, key.kind());
        assertEquals(9, key.max());
        assertEquals(
                List.of("red", "light_blue"),
                schema.find("colour").orElseThrow().choices());
        assertEquals("auto", schema.text(DEFAULTS, "width"));
        assertEquals("null", schema.text(DEFAULTS, "inner.limit"));
        Outer changed = READER.setAll(DEFAULTS, List.of("inner.limit=3", "rate=1"));
        assertEquals(List.of("rate", "inner.limit"), schema.differences(DEFAULTS, changed));
        for (String path : schema.paths()) {
            if (schema.find(path).orElseThrow().kind() != SpecKey.Kind.SECTION) {
                assertEquals(DEFAULTS, READER.set(DEFAULTS, path + "=" + schema.text(DEFAULTS, path)), path);
            }
        }
    }
}

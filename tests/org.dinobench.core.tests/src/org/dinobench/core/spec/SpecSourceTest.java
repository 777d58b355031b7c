package org.dinobench.core.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.train.TrainPresets;
import org.dinobench.core.spec.train.TrainSpec;
import org.dinobench.core.spec.train.TrainSpecs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecSourceTest {
    private static final String TEXT = """
        # my run \uD83E\uDD95
        preset: quick
        dino: {koleo_loss_weight: 0.2} # flow
        student:
          patch_size: 8   # small
          # drop less
          drop_path_rate: 0.1

        crops:
          global_crops_scale:
            - 0.3
            - 1.0
          # a remark behind a list
          local_crops_number: 4
        description: >-
          in several
          lines
        train:
        """;

    private static String set(String text, String path, String value) {
        return SpecSource.parse("t", text).set(path, value).applyTo(text);
    }

    @Test
    void placesAreThoseOfTheText() {
        SpecSource source = SpecSource.parse("t", TEXT);
        assertEquals(5, source.lineOf("student.patch_size"));
        assertEquals(4, source.lineOf("student.arch"), "the section's line stands for a key that is not there");
        assertEquals(1, source.lineOf("optim.lr"));
        SpecSource.Place place = source.find("student.drop_path_rate").orElseThrow();
        assertEquals("0.1", TEXT.substring(place.valueStart(), place.valueEnd()));
        assertEquals(Optional.empty(), source.find("student.arch"));
        assertEquals(
                List.of("preset", "dino", "dino.koleo_loss_weight"),
                source.paths().subList(0, 3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "student.patch_size | 16 |   patch_size: 16   # small",
                "dino.koleo_loss_weight | 0.5 | dino: {koleo_loss_weight: 0.5} # flow",
                "dino.loss_weight | 2 | dino: {koleo_loss_weight: 0.2, loss_weight: 2} # flow",
                "student.arch | vit_tiny |   arch: vit_tiny",
                "crops.global_crops_scale | [0.4, 0.9] |   global_crops_scale: [0.4, 0.9]",
                "description | short | description: short",
                "train.seed | 7 | train: {seed: 7}",
                "optim.lr | 0.01 | optim: {lr: 0.01}",
                "preset | lesion_small | preset: lesion_small"
            })
    void aChangeTouchesItsOwnLineOnly(String path, String value, String line) {
        String changed = set(TEXT, path, value);
        assertTrue(changed.lines().anyMatch(l -> l.strip().equals(line.strip())), changed);
        TrainSpec before =
                TrainSpecs.reader().readText("t", TEXT, TrainSpecs.defaults()).spec();
        TrainSpec after = TrainSpecs.reader()
                .readText("t", changed, TrainSpecs.defaults())
                .spec();
        assertEquals(List.of(path), TrainSpecs.schema().differences(before, after), changed);
        assertTrue(changed.contains("# my run") && changed.contains("# flow") && changed.contains("  # drop less"));
        assertTrue(changed.contains("  # a remark behind a list"));
    }

    @Test
    void anEmptyTextTakesItsFirstKey() {
        assertEquals("student: {arch: vit_tiny}\n", set("", "student.arch", "vit_tiny"));
        assertEquals("# only a remark\nstudent: {arch: x}\n", set("# only a remark", "student.arch", "x"));
        assertEquals("{preset: quick}", set("{}", "preset", "quick"));
    }

    @Test
    void everyKeyOfAWrittenSpecCanBeChangedAlone() {
        TrainSpec spec = TrainPresets.of("vitg14").spec();
        TrainSpec other = TrainPresets.of("quick").spec();
        SpecSchema<TrainSpec> schema = TrainSpecs.schema();
        String text = SpecWriter.write(spec, true);
        for (String path : schema.differences(spec, other)) {
            text = set(text, path, schema.text(other, path));
        }
        assertEquals(
                other,
                TrainSpecs.reader().readText("t", text, TrainSpecs.defaults()).spec());
        assertEquals(
                SpecWriter.write(spec, true)
                        .lines()
                        .filter(l -> l.strip().startsWith("#"))
                        .toList(),
                text.lines().filter(l -> l.strip().startsWith("#")).toList());
    }

    @Test
    void allFaultsAreToldAtOnceWithTheirLines() {
        String text =
                "student:\n  arch: vit_hug\n  patch_siz: 3\ncrops:\n  local_crops_number: many\n  image_size: 96\n";
        SpecCheck<TrainSpec> check = TrainSpecs.reader().check("f", text, TrainSpecs.defaults());
        assertEquals(
                List.of("f:2", "f:3", "f:5"),
                check.faults().stream().map(BadInputException::where).toList());
        assertEquals(96, check.spec().crops().imageSize().getAsInt());
        assertEquals("vit_large", check.spec().student().arch());
        SpecCheck<TrainSpec> none = TrainSpecs.reader().check("f", "a: [1\nb: 2", TrainSpecs.defaults());
        assertEquals(1, none.faults().size());
        assertEquals(TrainSpecs.defaults(), none.spec());
        assertThrows(BadInputException.class, () -> SpecSource.parse("f", "a: [1\nb: 2"));
    }

    @Test
    void typedTextsGetTheQuotesThatTheyNeed() {
        SpecKey description = TrainSpecs.schema().find("description").orElseThrow();
        String typed = "it's: a \"test\" # no remark";
        String text = set("", "description", description.yaml(typed));
        TrainSpec read =
                TrainSpecs.reader().readText("t", text, TrainSpecs.defaults()).spec();
        assertEquals(typed, read.description());
        assertEquals(typed, TrainSpecs.schema().shown(read, "description"));
        assertEquals("", TrainSpecs.schema().shown(read, "student.pretrained_weights"));
        assertEquals("auto", TrainSpecs.schema().shown(read, "optim.lr"));
    }
}

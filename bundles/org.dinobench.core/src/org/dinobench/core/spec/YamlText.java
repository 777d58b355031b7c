package org.dinobench.core.spec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.dinobench.core.problem.BadInputException;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** YAML text to nodes with line numbers, within limits that no sensible configuration reaches. */
final class YamlText {
    static final int MAX_BYTES = 1 << 20;
    static final int MAX_DEPTH = 32;
    static final int MAX_EVENTS = 200_000;

    private YamlText() {}

    static String readFile(Path file) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw new BadInputException(file.toString(), "there is no such file", "check the path", e);
        } catch (IOException e) {
            throw new BadInputException(
                    file.toString(),
                    "it cannot be read (" + e.getMessage() + ")",
                    "check the path and its permissions",
                    e);
        }
        if (bytes.length > MAX_BYTES) {
            throw new BadInputException(
                    file.toString(), "it is larger than 1 MiB", "a configuration file has a few kilobytes");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new BadInputException(file.toString(), "it is not UTF-8 text", "save it as UTF-8", e);
        }
    }

    /** The document's root, or nothing when the text holds no document. */
    static Optional<Node> compose(String label, String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(label)
                .setCodePointLimit(MAX_BYTES)
                .setMaxAliasesForCollections(0)
                .build();
        try {
            checkSize(label, new Parse(settings).parseString(text));
            return new Compose(settings).composeString(text);
        } catch (MarkedYamlEngineException e) {
            throw new BadInputException(
                    at(label, e.getProblemMark().or(e::getContextMark)),
                    "this is not valid YAML (" + oneLine(e.getProblem()) + ")",
                    "check indentation, colons and quotes",
                    e);
        } catch (YamlEngineException e) {
            throw new BadInputException(
                    label, "this is not valid YAML (" + oneLine(e.getMessage()) + ")", "check its syntax", e);
        }
    }

    /** Events come from a loop, nodes from recursion: the depth is checked before the recursion starts. */
    private static void checkSize(String label, Iterable<Event> events) {
        int depth = 0;
        int count = 0;
        for (Event event : events) {
            if (event instanceof CollectionStartEvent) {
                depth++;
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            }
            if (event.getEventId() == Event.ID.Alias) {
                throw new BadInputException(
                        at(label, event.getStartMark()), "an alias (*name) stands here", "write the value out");
            }
            if (event instanceof ScalarEvent scalar && scalar.getTag().isPresent()
                    || event instanceof CollectionStartEvent collection
                            && collection.getTag().isPresent()) {
                throw new BadInputException(at(label, event.getStartMark()), "a tag (!name) stands here", "remove it");
            }
            if (depth > MAX_DEPTH || ++count > MAX_EVENTS) {
                throw new BadInputException(
                        at(label, event.getStartMark()),
                        depth > MAX_DEPTH ? "it is nested too deeply" : "it has too many values",
                        "a configuration has a few levels and a few hundred values");
            }
        }
    }

    static String at(String label, Optional<Mark> mark) {
        return mark.map(m -> label + ":" + (m.getLine() + 1)).orElse(label);
    }

    private static String oneLine(String text) {
        return text == null ? "" : text.strip().replaceAll("\\s+", " ");
    }
}

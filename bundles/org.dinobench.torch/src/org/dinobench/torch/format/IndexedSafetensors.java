package org.dinobench.torch.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.Tensor;
import org.dinobench.core.io.Json;
import org.dinobench.core.problem.BadInputException;

/**
 * A model that the {@code transformers} library has saved in several safetensors files, with an index that says which
 * tensor lies in which file. The index comes from outside: it may name files beside it and nothing else, and each
 * file is checked as a single one is.
 */
public final class IndexedSafetensors implements TensorFile {
    /** Name of the index in a folder. */
    public static final String INDEX = "model.safetensors.index.json";

    private static final int MOST_FILES = 4096;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,200}\\.safetensors");

    private final Map<String, TensorFile> files = new TreeMap<>();
    private final Map<String, TensorFile> places = new LinkedHashMap<>();
    private final Map<String, TensorEntry> entries = new LinkedHashMap<>();

    private IndexedSafetensors() {}

    /**
     * The files that an index names, in the order of their names.
     *
     * @param folder holds {@link #INDEX} and the files
     * @throws BadInputException when the index is damaged, or names what is not a file beside it
     */
    public static Map<String, Path> files(Path folder) {
        return files(folder, map(folder));
    }

    private static JsonNode map(Path folder) {
        Path index = folder.resolve(INDEX);
        JsonNode map = Json.readObject(index).path("weight_map");
        if (!map.isObject() || map.isEmpty()) {
            throw new BadInputException(
                    index.toString(), "it has no weight_map of tensors and files", "get the model again");
        }
        return map;
    }

    private static Map<String, Path> files(Path folder, JsonNode map) {
        String index = folder.resolve(INDEX).toString();
        Map<String, Path> found = new TreeMap<>();
        for (JsonNode value : map) {
            String name = value.isTextual() ? value.asText() : "";
            if (!PLAIN.matcher(name).matches()) {
                throw new BadInputException(
                        index, "it names '" + value.asText() + "', which is no file beside it", "get the model again");
            }
            found.computeIfAbsent(name, folder::resolve);
            if (found.size() > MOST_FILES) {
                throw new BadInputException(
                        index, "it names more than " + MOST_FILES + " files", "get the model again");
            }
        }
        found.values().forEach(file -> {
            if (!Files.isRegularFile(file)) {
                throw new BadInputException(
                        index, "its file " + file.getFileName() + " is not there", "get the missing file, too");
            }
        });
        return found;
    }

    /**
     * Opens the files of a model.
     *
     * @param folder holds {@link #INDEX} and the files
     * @throws BadInputException when the index or a file is damaged, or a tensor is not where the index says
     */
    public static TensorFile open(Path folder) throws IOException {
        JsonNode map = map(folder);
        IndexedSafetensors model = new IndexedSafetensors();
        try {
            for (Map.Entry<String, Path> file : files(folder, map).entrySet()) {
                model.files.put(file.getKey(), Safetensors.open(file.getValue()));
            }
            map.properties()
                    .forEach(place ->
                            model.place(folder, place.getKey(), place.getValue().asText()));
            return model;
        } catch (IOException | RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private void place(Path folder, String tensor, String file) {
        TensorFile there = files.get(file);
        TensorEntry entry = there.entries().get(tensor);
        if (entry == null) {
            throw new BadInputException(
                    folder.resolve(INDEX).toString(), "there is no " + tensor + " in " + file, "get the model again");
        }
        places.put(tensor, there);
        entries.put(tensor, entry);
    }

    @Override
    public Map<String, TensorEntry> entries() {
        return Collections.unmodifiableMap(entries);
    }

    @Override
    public Map<String, String> metadata() {
        return files.values().iterator().next().metadata();
    }

    @Override
    public Tensor read(String name) {
        TensorFile there = places.get(name);
        if (there == null) {
            throw new IllegalArgumentException("There is no tensor '" + name + "'");
        }
        return there.read(name);
    }

    @Override
    public void close() {
        files.values().forEach(TensorFile::close);
    }
}

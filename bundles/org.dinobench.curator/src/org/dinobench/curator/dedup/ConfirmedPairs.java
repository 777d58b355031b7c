package org.dinobench.curator.dedup;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dinobench.core.io.AtomicFiles;
import org.dinobench.core.problem.BadInputException;

/**
 * The near-duplicates that a curation found among the images of its set, as {@code pairs.csv}: two content hashes and
 * their cosine in a line. From them it is known what a higher threshold would have found.
 *
 * @param nodes content hashes, each once
 * @param pairs places in {@code nodes}
 */
public record ConfirmedPairs(List<String> nodes, PairList pairs) {
    private static final String HEAD = "first,second,similarity";
    private static final int HASH = 64;

    /** Copies the list. */
    public ConfirmedPairs {
        nodes = List.copyOf(nodes);
    }

    /**
     * The pairs of a search.
     *
     * @param nodes content hashes that the pairs number
     * @param found what was found
     * @param among content hashes of the images of the set; pairs with others, such as references, are left out
     */
    public static ConfirmedPairs of(List<String> nodes, PairList found, Set<String> among) {
        return new ConfirmedPairs(
                nodes,
                found.filtered(
                        pair -> among.contains(nodes.get(pair.first())) && among.contains(nodes.get(pair.second()))));
    }

    /** Writes the file, atomically. */
    public void write(Path file) throws IOException {
        AtomicFiles.write(file, out -> {
            OutputStreamWriter writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            writer.write(HEAD + "\n");
            for (Pair pair : pairs) {
                writer.write(nodes.get(pair.first()) + "," + nodes.get(pair.second()) + "," + pair.similarity() + "\n");
            }
            writer.flush();
        });
    }

    /**
     * Reads a file.
     *
     * @throws BadInputException when it is damaged, with the line
     */
    public static ConfirmedPairs read(Path file) throws IOException {
        Map<String, Integer> numbers = new HashMap<>();
        List<String> nodes = new ArrayList<>();
        List<Pair> pairs = new ArrayList<>();
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            String line = reader.readLine();
            if (!HEAD.equals(line)) {
                throw damaged(file, 1);
            }
            for (int number = 2; (line = reader.readLine()) != null; number++) {
                String[] parts = line.split(",", 4);
                if (parts.length != 3
                        || parts[0].length() > HASH
                        || parts[1].length() > HASH
                        || parts[0].equals(parts[1])) {
                    throw damaged(file, number);
                }
                int a = number(parts[0], numbers, nodes);
                int b = number(parts[1], numbers, nodes);
                try {
                    pairs.add(new Pair(Math.min(a, b), Math.max(a, b), Float.parseFloat(parts[2])));
                } catch (NumberFormatException e) {
                    throw damaged(file, number);
                }
            }
        }
        return new ConfirmedPairs(nodes, PairList.of(pairs));
    }

    private static int number(String hash, Map<String, Integer> numbers, List<String> nodes) {
        Integer known = numbers.putIfAbsent(hash, nodes.size());
        if (known == null) {
            nodes.add(hash);
            return nodes.size() - 1;
        }
        return known;
    }

    private static BadInputException damaged(Path file, int line) {
        return new BadInputException(file + ":" + line, "this is no line of pairs", "curate again");
    }
}

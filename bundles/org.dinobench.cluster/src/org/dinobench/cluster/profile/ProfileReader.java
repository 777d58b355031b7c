package org.dinobench.cluster.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dinobench.core.problem.BadInputException;
import org.dinobench.core.spec.SpecReader;
import org.dinobench.core.spec.SpecSchema;

/**
 * Reads cluster profiles. Faults name file and line; limits are those of every spec. A key that sounds like a secret is
 * refused before anything else is looked at, wherever it stands.
 */
public final class ProfileReader {
    private static final Pattern SECRET = Pattern.compile(
            "^\\s*(?:-\\s*)?[\"'{,\\s]*([A-Za-z0-9_.-]*(?:password|passwd|passphrase|secret|token|credential|api_?key"
                    + "|private_?key)[A-Za-z0-9_.-]*)[\"']?\\s*:",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern PRIVATE_KEY = Pattern.compile("BEGIN [A-Z ]*PRIVATE KEY");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");
    private static final Pattern NETWORK = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,60}(?:/\\d{1,3})?");
    private static final Pattern SLURM_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.,-]{0,99}");
    private static final long MOST_BYTES = 1 << 20;

    private ProfileReader() {}

    /**
     * Reads a profile and checks that its parts fit each other.
     *
     * @throws BadInputException when it is missing, damaged, contradicts itself, or holds a secret
     */
    public static ClusterProfile read(Path file) {
        refuseSecrets(file);
        ClusterProfile profile = SpecReader.of(ClusterProfile.class).read(file).spec();
        check(file.toString(), profile);
        return profile;
    }

    /** A profile of this computer alone. */
    public static ClusterProfile defaults() {
        return SpecSchema.of(ClusterProfile.class).defaults();
    }

    private static void refuseSecrets(Path file) {
        List<String> lines;
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
                return; // the reader says what is wrong with it
            }
            lines = Files.readString(file).lines().toList();
        } catch (IOException e) {
            return; // not text, or not readable: the reader says so
        }
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).stripLeading().startsWith("#")) {
                continue;
            }
            for (String part : lines.get(i).split("[{,]")) {
                Matcher secret = SECRET.matcher(part);
                if (secret.find()) {
                    throw secret(file + ":" + (i + 1), "the key " + secret.group(1) + " sounds like a secret");
                }
            }
            if (PRIVATE_KEY.matcher(lines.get(i)).find()) {
                throw secret(file + ":" + (i + 1), "a private key stands here");
            }
        }
    }

    private static BadInputException secret(String where, String problem) {
        return new BadInputException(
                where,
                problem + ", and profiles hold none",
                "remove it; log in with a key of the agent (ssh-add), or name a key's file with key:");
    }

    private static void check(String file, ClusterProfile profile) {
        List<HostAddress> hosts = profile.hosts().stream()
                .map(host -> HostAddress.parse(file + ", hosts", host))
                .toList();
        int count = hosts.size();
        switch (profile.kind()) {
            case LOCAL ->
                require(count == 0, file, "hosts", "a local profile names hosts", "remove them, or kind: ssh");
            case SSH -> require(count > 0, file, "hosts", "there are no hosts", "name at least one");
            case SLURM ->
                require(
                        count <= 1,
                        file,
                        "hosts",
                        "there are several",
                        "name the one that has Slurm's commands, or none");
        }
        require(
                count <= 1 || profile.sharedFolder() || profile.runs().isPresent(),
                file,
                "runs",
                "several hosts need a folder for runs that all of them see, since each writes its part of a checkpoint",
                "name one with runs:, or set shared_folder: true when folder is one");
        require(
                count <= 1
                        || hosts.subList(1, count).stream()
                                .allMatch(h -> h.port() == hosts.get(1).port()),
                file,
                "hosts",
                "hosts after the first have different ports",
                "leave ports out, and name them in ~/.ssh/config of the first host");
        require(
                count <= profile.ranks() || profile.kind() != ProfileKind.SSH,
                file,
                "ranks",
                "there are more hosts than ranks",
                "give at least " + count + " ranks");
        profile.environment()
                .keySet()
                .forEach(name -> require(
                        VARIABLE.matcher(name).matches(),
                        file,
                        "environment",
                        "\"" + name + "\" is no variable",
                        "rename it"));
        matches(file, "network", profile.network(), NETWORK, "write an interface such as eth0, or a range 10.0.0.0/8");
        matches(file, "slurm.partition", profile.slurm().partition(), SLURM_NAME, "see sinfo for names");
        matches(file, "slurm.account", profile.slurm().account(), SLURM_NAME, "see sacctmgr for names");
        matches(file, "slurm.qos", profile.slurm().qos(), SLURM_NAME, "see sacctmgr for names");
        for (Map.Entry<String, String> folder : Map.of(
                        "folder", profile.folder(),
                        "runs", profile.runs().orElse("runs"),
                        "product", profile.product().orElse("/product"),
                        "java", profile.java())
                .entrySet()) {
            String value = folder.getValue();
            require(
                    !value.isBlank() && value.chars().noneMatch(c -> c == 0) && !value.startsWith("-"),
                    file,
                    folder.getKey(),
                    "it is empty or starts with a dash",
                    "write a path");
        }
        require(
                profile.slurm().warnSeconds() < 60 * profile.slurm().timeMinutes(),
                file,
                "slurm.warn_seconds",
                "the warning comes before the job begins",
                "make it shorter than the limit of " + profile.slurm().timeMinutes() + " minutes");
    }

    private static void matches(String file, String key, Optional<String> value, Pattern pattern, String remedy) {
        value.ifPresent(text ->
                require(pattern.matcher(text).matches(), file, key, "\"" + text + "\" is no name for it", remedy));
    }

    private static void require(boolean holds, String file, String key, String problem, String remedy) {
        if (!holds) {
            throw new BadInputException(file + ", " + key, problem, remedy);
        }
    }
}

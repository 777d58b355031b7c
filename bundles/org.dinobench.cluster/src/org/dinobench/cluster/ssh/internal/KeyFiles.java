package org.dinobench.cluster.ssh.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.dinobench.core.problem.BadInputException;

/** Private keys in files. Those with a passphrase are left to the agent: nobody is asked for one here. */
public final class KeyFiles {
    private static final List<String> USUAL = List.of("id_ed25519", "id_ecdsa", "id_rsa");

    private KeyFiles() {}

    /**
     * The keys to log in with.
     *
     * @param named the file that a profile names; empty: the usual ones in {@code ~/.ssh} that have no passphrase
     * @throws BadInputException when a named file is missing or cannot be used
     */
    public static List<KeyPair> read(Optional<Path> named) {
        if (named.isPresent()) {
            try {
                return load(named.get());
            } catch (IOException | GeneralSecurityException e) {
                throw new BadInputException(
                        "key " + named.get(),
                        "it cannot be used (" + e.getMessage() + ")",
                        "name a private key without passphrase, or leave key: out and add the key to the agent"
                                + " (ssh-add)",
                        e);
            }
        }
        List<KeyPair> keys = new ArrayList<>();
        for (String name : USUAL) {
            Path file = Path.of(System.getProperty("user.home"), ".ssh", name);
            if (Files.isReadable(file)) {
                try {
                    keys.addAll(load(file));
                } catch (IOException | GeneralSecurityException e) {
                    // one with a passphrase, as a rule: the agent may hold it, and a login that fails says what to do
                    System.getLogger(KeyFiles.class.getName())
                            .log(System.Logger.Level.DEBUG, file + " is not used: " + e.getMessage());
                }
            }
        }
        return keys;
    }

    private static List<KeyPair> load(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            List<KeyPair> keys = new ArrayList<>();
            Iterable<KeyPair> loaded = SecurityUtils.loadKeyPairIdentities(
                    null, NamedResource.ofName(file.toString()), in, FilePasswordProvider.EMPTY);
            if (loaded != null) {
                loaded.forEach(keys::add);
            }
            if (keys.isEmpty()) {
                throw new IOException("there is no private key in it");
            }
            return keys;
        }
    }
}

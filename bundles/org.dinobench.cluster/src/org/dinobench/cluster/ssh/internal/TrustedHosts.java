package org.dinobench.cluster.ssh.internal;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.signature.Signature;

/**
 * Trusts the hosts of a known-hosts file and nobody else, never adds to it, and remembers why a host was refused. One
 * object a connection.
 */
public final class TrustedHosts extends KnownHostsServerKeyVerifier {
    private final Path file;
    private volatile Refusal refusal;

    /** Why a host is not trusted. */
    public enum Refusal {
        /** The file does not know it. */
        UNKNOWN,
        /** The file knows another key for it. */
        CHANGED
    }

    /** @param file the known-hosts file; may be missing, and then nobody is trusted */
    public TrustedHosts(Path file) {
        super(RejectAllServerKeyVerifier.INSTANCE, file);
        this.file = file;
    }

    /** Why the host was refused; empty when it was not. */
    public Optional<Refusal> refusal() {
        return Optional.ofNullable(refusal);
    }

    @Override
    protected boolean acceptUnknownHostKey(ClientSession session, SocketAddress address, PublicKey key) {
        refusal = Refusal.UNKNOWN;
        return false;
    }

    @Override
    public boolean acceptModifiedServerKey(
            ClientSession session, SocketAddress address, KnownHostEntry entry, PublicKey expected, PublicKey actual) {
        refusal = Refusal.CHANGED;
        return false;
    }

    /**
     * Signatures with those first that the file has a key for, so that a host with several keys shows the known one.
     *
     * @param all in the usual order
     */
    public List<NamedFactory<Signature>> knownFirst(List<? extends NamedFactory<Signature>> all, String host, int port)
            throws IOException {
        Set<String> known = new HashSet<>();
        if (Files.isRegularFile(file)) {
            for (KnownHostEntry entry : KnownHostEntry.readKnownHostEntries(file)) {
                if (entry.isHostMatch(host, port) && entry.getKeyEntry() != null) {
                    known.add(entry.getKeyEntry().getKeyType());
                }
            }
        }
        List<NamedFactory<Signature>> ordered = new ArrayList<>(all);
        ordered.sort(Comparator.comparing(factory -> !known.contains(KeyUtils.getCanonicalKeyType(factory.getName()))));
        return ordered;
    }
}

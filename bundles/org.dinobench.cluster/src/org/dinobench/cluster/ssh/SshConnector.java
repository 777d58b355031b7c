package org.dinobench.cluster.ssh;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.dinobench.cluster.profile.ClusterProfile;
import org.dinobench.cluster.profile.HostAddress;
import org.dinobench.cluster.ssh.internal.AgentKeys;
import org.dinobench.cluster.ssh.internal.KeyFiles;
import org.dinobench.cluster.ssh.internal.TrustedHosts;
import org.dinobench.core.problem.BadInputException;

/**
 * Logs in by key: that of a file, or those of the agent. Hosts must be known; nobody is asked for a password, and none
 * would be sent.
 */
public final class SshConnector {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final Optional<Path> agent;
    private final Optional<Path> key;
    private final Path knownHosts;

    /**
     * @param agent socket of the agent
     * @param key file of the only key to be used; empty: the agent's, and the usual files
     * @param knownHosts the file of trusted hosts
     */
    public SshConnector(Optional<Path> agent, Optional<Path> key, Path knownHosts) {
        this.agent = agent;
        this.key = key;
        this.knownHosts = knownHosts;
    }

    /** A connector as a profile wants it, with the agent of this process's environment. */
    public static SshConnector of(ClusterProfile profile) {
        return new SshConnector(
                Optional.ofNullable(System.getenv("SSH_AUTH_SOCK"))
                        .filter(socket -> !socket.isBlank())
                        .map(Path::of),
                profile.key().map(ClusterProfile::localFile),
                ClusterProfile.localFile(profile.knownHosts()));
    }

    /**
     * Logs in.
     *
     * @throws BadInputException when the host cannot be reached, is not known or lets nobody in, with what to do
     */
    public SshSite connect(HostAddress address) throws IOException {
        TrustedHosts trusted = new TrustedHosts(knownHosts);
        SshClient client = SshClient.setUpDefaultClient();
        try {
            client.setServerKeyVerifier(trusted);
            client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
            client.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
            client.setFilePasswordProvider(FilePasswordProvider.EMPTY);
            client.setKeyIdentityProvider(KeyIdentityProvider.wrapKeyPairs(KeyFiles.read(key)));
            client.setSignatureFactories(
                    trusted.knownFirst(client.getSignatureFactories(), address.host(), address.port()));
            if (key.isEmpty()) {
                agent.map(AgentKeys::new).ifPresent(client::setAgentFactory);
            }
            CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, HEARTBEAT);
            client.start();
            ClientSession session = session(client, address);
            try {
                session.auth().verify(PATIENCE);
            } catch (IOException e) {
                throw refused(address, trusted, e);
            }
            return new SshSite(address.toString(), client, session);
        } catch (IOException | RuntimeException e) {
            client.stop();
            throw e;
        }
    }

    private static String user(HostAddress address) {
        return address.user().orElseGet(() -> System.getProperty("user.name"));
    }

    private static ClientSession session(SshClient client, HostAddress address) {
        try {
            return client.connect(user(address), address.host(), address.port())
                    .verify(PATIENCE)
                    .getClientSession();
        } catch (IOException e) {
            throw new BadInputException(
                    address.toString(),
                    "it cannot be reached (" + e.getMessage() + ")",
                    "check its name and port, whether it is on, and whether an SSH server runs there",
                    e);
        }
    }

    private BadInputException refused(HostAddress address, TrustedHosts trusted, IOException e) {
        if (trusted.refusal().isEmpty()) {
            return new BadInputException(
                    address.toString(),
                    "it lets " + user(address) + " in with none of the keys (" + e.getMessage() + ")",
                    "copy a public key there (ssh-copy-id), and if the key has a passphrase add it to the agent"
                            + " (ssh-add)",
                    e);
        }
        if (trusted.refusal().get() == TrustedHosts.Refusal.UNKNOWN) {
            return new BadInputException(
                    address.toString(),
                    "its key is not in " + knownHosts,
                    "log in once by hand with ssh and compare the fingerprint, which adds it",
                    e);
        }
        return new BadInputException(
                address.toString(),
                "its key is another one than in " + knownHosts + ", so it may be another machine",
                "ask who runs it; if it was set up anew, remove the old key (ssh-keygen -R) and log in once by hand",
                e);
    }
}

package org.dinobench.cluster.ssh.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.sshd.agent.SshAgent;
import org.apache.sshd.agent.SshAgentFactory;
import org.apache.sshd.agent.SshAgentServer;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.session.Session;

/**
 * The keys of an agent for logging in. The agent is not forwarded to the machine at the other end.
 *
 * @param socket of the agent
 */
public record AgentKeys(Path socket) implements SshAgentFactory {
    @Override
    public List<ChannelFactory> getChannelForwardingFactories(FactoryManager manager) {
        return List.of();
    }

    @Override
    public SshAgent createClient(Session session, FactoryManager manager) throws IOException {
        return new AgentConnection(socket);
    }

    @Override
    public SshAgentServer createServer(ConnectionService service) {
        // the library asks for a server only where an agent is forwarded, and no channel for that is offered above
        throw new IllegalStateException("An agent was to be forwarded, which is never offered");
    }
}

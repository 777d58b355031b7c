package org.dinobench.cluster.ssh;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHPosixRenameExtension;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.dinobench.cluster.site.CommandResult;
import org.dinobench.cluster.site.PosixCommand;
import org.dinobench.cluster.site.Site;

/** A computer that one is logged in to. Commands are run side by side, files go one after the other. */
public final class SshSite implements Site {
    private static final int CHUNK = 32 << 10;
    private static final Duration OPENING = Duration.ofSeconds(30);

    private final String name;
    private final SshClient client;
    private final ClientSession session;
    private final SftpClient files;
    private final String home;

    SshSite(String name, SshClient client, ClientSession session) throws IOException {
        this.name = name;
        this.client = client;
        this.session = session;
        this.files = SftpClientFactory.instance().createSftpClient(session);
        this.home = files.canonicalPath(".");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String home() {
        return home;
    }

    @Override
    public CommandResult run(List<String> arguments, byte[] input, Duration limit) throws IOException {
        byte[] line = PosixCommand.line(arguments).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (ChannelExec channel = session.createExecChannel(line, null, Map.of())) {
            channel.setIn(new ByteArrayInputStream(input));
            channel.setOut(out);
            channel.setErr(err);
            channel.open().verify(OPENING);
            Set<ClientChannelEvent> events = channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), limit.toMillis());
            if (events.contains(ClientChannelEvent.TIMEOUT)) {
                return new CommandResult(CommandResult.TOO_LONG, text(out), text(err));
            }
            Integer code = channel.getExitStatus();
            if (code == null && channel.getExitSignal() == null) {
                throw new IOException("The connection to " + name + " was lost");
            }
            return new CommandResult(code == null ? 128 : code, text(out), text(err));
        }
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void put(Path from, String to) throws IOException {
        FileTime modified = Files.getLastModifiedTime(from);
        try (InputStream in = Files.newInputStream(from)) {
            replace(to, in, Optional.of(modified), Files.isExecutable(from));
        }
    }

    @Override
    public void write(String to, byte[] content) throws IOException {
        replace(to, new ByteArrayInputStream(content), Optional.empty(), false);
    }

    private synchronized void replace(String to, InputStream content, Optional<FileTime> modified, boolean executable)
            throws IOException {
        String target = absolute(to);
        makeFolders(target.substring(0, target.lastIndexOf('/')));
        String temporary = target + ".part-" + Long.toHexString(System.nanoTime());
        try {
            files.put(content, temporary, OpenMode.Write, OpenMode.Create, OpenMode.Truncate);
            SftpClient.Attributes attributes = new SftpClient.Attributes();
            if (modified.isPresent()) {
                FileTime seconds = FileTime.from(modified.get().to(TimeUnit.SECONDS), TimeUnit.SECONDS);
                attributes.accessTime(seconds).modifyTime(seconds);
            }
            // a product's programs stay programs; nobody else needs to read what is brought
            attributes.setPermissions(executable ? 0700 : 0600);
            files.setStat(temporary, attributes);
            rename(temporary, target);
        } catch (IOException e) {
            throw new IOException(name + ": " + target + " could not be written (" + e.getMessage() + ")", e);
        }
    }

    private void rename(String from, String to) throws IOException {
        OpenSSHPosixRenameExtension posix = files.getExtension(OpenSSHPosixRenameExtension.class);
        if (posix != null && posix.isSupported()) {
            posix.posixRename(from, to);
            return;
        }
        // other servers refuse to rename over a file: a reader may find none for a moment
        if (size(to).isPresent()) {
            files.remove(to);
        }
        files.rename(from, to);
    }

    private void makeFolders(String folder) throws IOException {
        if (folder.isEmpty() || exists(folder)) {
            return;
        }
        makeFolders(folder.substring(0, folder.lastIndexOf('/')));
        try {
            files.mkdir(folder);
        } catch (SftpException e) {
            if (!exists(folder)) { // somebody else may have been faster
                throw e;
            }
        }
    }

    private boolean exists(String path) throws IOException {
        try {
            files.stat(path);
            return true;
        } catch (SftpException e) {
            if (e.getStatus() == SftpConstants.SSH_FX_NO_SUCH_FILE) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public synchronized byte[] read(String path, long offset, int most) throws IOException {
        try (SftpClient.CloseableHandle handle = files.open(absolute(path), OpenMode.Read)) {
            byte[] bytes = new byte[most];
            int filled = 0;
            while (filled < most) {
                int n = files.read(handle, offset + filled, bytes, filled, Math.min(CHUNK, most - filled));
                if (n <= 0) {
                    break;
                }
                filled += n;
            }
            return filled == most ? bytes : Arrays.copyOf(bytes, filled);
        } catch (SshException e) {
            throw new IOException(name + ": " + path + " could not be read (" + e.getMessage() + ")", e);
        }
    }

    @Override
    public synchronized Optional<Long> size(String path) throws IOException {
        try {
            SftpClient.Attributes attributes = files.stat(absolute(path));
            return attributes.isRegularFile() ? Optional.of(attributes.getSize()) : Optional.empty();
        } catch (SftpException e) {
            if (e.getStatus() == SftpConstants.SSH_FX_NO_SUCH_FILE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            files.close();
            session.close();
        } finally {
            client.stop();
        }
    }
}

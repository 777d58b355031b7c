package org.dinobench.cluster.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.dinobench.core.problem.BadInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileReaderTest {
    @TempDir
    Path folder;

    private Path file(String text) throws Exception {
        return Files.writeString(folder.resolve("profile.yaml"), text);
    }

    private BadInputException refused(String text) throws Exception {
        Path file = file(text);
        return assertThrows(BadInputException.class, () -> ProfileReader.read(file));
    }

    @Test
    void everyKindIsRead() throws Exception {
        ClusterProfile ssh = ProfileReader.read(file("kind: ssh\nhosts: [ada@gpu1, \"[fe80::1]:2222\"]\n"
                + "runs: /shared/it's; mine\nranks: 4\nenvironment: {OMP_NUM_THREADS: 2}\n"));
        assertEquals(ProfileKind.SSH, ssh.kind());
        assertEquals(
                new HostAddress(Optional.of("ada"), "gpu1", 22), ssh.addresses().get(0));
        assertEquals(
                new HostAddress(Optional.empty(), "fe80::1", 2222),
                ssh.addresses().get(1));
        assertEquals("[fe80::1]:2222", ssh.addresses().get(1).toString());
        assertEquals(Optional.of("/shared/it's; mine"), ssh.runs());
        assertEquals(2L, ssh.environment().get("OMP_NUM_THREADS"));
        ClusterProfile slurm = ProfileReader.read(
                file("kind: slurm\nranks: 8\nslurm:\n  nodes: 2\n  time_minutes: 30\n  starter: mpirun\n"));
        assertEquals(2, slurm.slurm().nodes());
        assertEquals(120, slurm.slurm().warnSeconds());
        assertEquals(SlurmStarter.MPIRUN, slurm.slurm().starter());
        assertEquals(ProfileKind.LOCAL, ProfileReader.read(file("ranks: 2\n")).kind());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password: x",
                "ssh_password: x",
                "slurm:\n  token: x",
                "\"passphrase\": x",
                "environment: {HF_TOKEN: x}",
                "environment: {A: 1, MY_SECRET: x}",
                "Api_Key: x",
                "key: |\n  -----BEGIN OPENSSH PRIVATE KEY-----"
            })
    void secretsAreRefusedByNameAndLine(String secret) throws Exception {
        BadInputException e = refused("kind: ssh\nhosts: [a]\n" + secret + "\n");
        int line = 3 + (int) secret.chars().filter(c -> c == '\n').count();
        assertTrue(e.where().endsWith("profile.yaml:" + line), e.where());
        assertTrue(e.problem().contains("profiles hold none"), e.problem());
        assertTrue(e.remedy().contains("ssh-add"), e.remedy());
    }

    @Test
    void aCommentMaySpeakOfPasswords() throws Exception {
        assertEquals(
                1,
                ProfileReader.read(file("# log in by key, no password: never\nranks: 1\n"))
                        .ranks());
    }

    @Test
    void faultsNameTheLineAndTheNearestKey() throws Exception {
        BadInputException e = refused("kind: ssh\nhots: [a]\n");
        assertTrue(e.where().endsWith(":2"), e.where());
        assertTrue(e.remedy().contains("hosts"), e.remedy());
        assertTrue(refused("ranks: 0\n").where().endsWith(":1"));
        assertTrue(refused("kind: [\n").problem().contains("YAML"));
        assertTrue(refused("kind: sshd\n").remedy().contains("local, ssh, slurm"));
        assertTrue(refused("x: " + "y".repeat(1 << 20)).problem().contains("1 MiB"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind: ssh|no hosts",
                "hosts: [a]|names hosts",
                "{kind: slurm, hosts: [a, b]}|several",
                "{kind: ssh, hosts: [a, b], ranks: 2}|folder for runs that all of them see",
                "{kind: ssh, hosts: [a, b], runs: /r}|more hosts than ranks",
                "{kind: ssh, hosts: [a, 'b:1', 'c:2'], runs: /r, ranks: 3}|different ports",
                "{kind: ssh, hosts: ['-oProxyCommand=x']}|is no host",
                "{kind: ssh, hosts: ['a b']}|is no host",
                "{kind: ssh, hosts: ['a:99999']}|is no host",
                "{kind: ssh, hosts: ['x;y@a']}|is no host",
                "{environment: {'A B': 1}}|is no variable",
                "{kind: slurm, slurm: {partition: '--wrap=x'}}|is no name",
                "{kind: slurm, slurm: {time_minutes: 1, warn_seconds: 60}}|before the job begins",
                "{network: 'eth0 --x'}|is no name",
                "{java: '-version'}|starts with a dash"
            })
    void partsThatDoNotFitAreRefused(String text, String problem) throws Exception {
        BadInputException e = refused(text + "\n");
        assertTrue(e.problem().contains(problem), e.getMessage());
    }

    @Test
    void filesOfThisComputerMayBeginAtHome() {
        Path home = Path.of(System.getProperty("user.home"));
        assertEquals(home.resolve(".ssh/id_x"), ClusterProfile.localFile("~/.ssh/id_x"));
        assertEquals(Path.of("/etc/key"), ClusterProfile.localFile("/etc/key"));
        assertEquals(List.of(), ProfileReader.defaults().hosts());
    }
}

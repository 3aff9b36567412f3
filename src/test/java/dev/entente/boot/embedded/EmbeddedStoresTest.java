package dev.entente.boot.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStoresTest {
    @TempDir
    Path dataDirectory;

    @Test
    void bothStoresAnswerAndKeepTheirDataOverARestart() throws Exception {
        try (EmbeddedStores stores = EmbeddedStores.start(dataDirectory)) {
            sql(stores, "create table kept as select 42 as answer");
            assertThat(redis(stores, "SET kept yes")).contains("+OK");
        }
        try (EmbeddedStores stores = EmbeddedStores.start(dataDirectory)) {
            assertThat(answer(stores)).isEqualTo(42);
            assertThat(redis(stores, "GET kept")).contains("yes");
        }
    }

    @Test
    void aSecondAgentOnTheSameDirectoryIsRefusedWithItsOwnerNamed() {
        try (EmbeddedStores first = EmbeddedStores.start(dataDirectory)) {
            assertThat(first.addresses().postgresPort()).isPositive();
            assertThatThrownBy(() -> EmbeddedStores.start(dataDirectory))
                    .isInstanceOf(EmbeddedStoreException.class)
                    .hasMessageContaining("in use by another agent")
                    .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
        }
    }

    @Test
    void closingLeavesNoProcess() throws Exception {
        try (EmbeddedStores stores = EmbeddedStores.start(dataDirectory)) {
            assertThat(stores.addresses().redisPort()).isPositive();
        }
        assertThat(processesIn(dataDirectory)).isEmpty();
    }

    @Test
    void whatAKilledAgentLeftIsStoppedAndItsDataKept() throws Exception {
        try (EmbeddedStores stores = EmbeddedStores.start(dataDirectory)) {
            sql(stores, "create table kept as select 42 as answer");
        }
        Process agent = startAgent();
        long leftover = postgresOf(dataDirectory).pid();
        agent.destroyForcibly().waitFor();
        try (EmbeddedStores stores = EmbeddedStores.start(dataDirectory)) {
            assertThat(answer(stores)).isEqualTo(42);
            assertThat(ProcessHandle.of(leftover).filter(ProcessHandle::isAlive))
                    .isEmpty();
        }
    }

    @Test
    void aLeftoverWithoutItsWatcherIsFoundByItsDirectory() throws Exception {
        Process agent = startAgent();
        ProcessHandle leftover = postgresOf(dataDirectory);
        ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains("read -r word"))
                .filter(process -> process.info().commandLine().orElse("").endsWith(" " + leftover.pid()))
                .forEach(ProcessHandle::destroyForcibly);
        agent.destroyForcibly().waitFor();
        assertThat(leftover.isAlive()).isTrue();
        try (EmbeddedStores stores = EmbeddedStores.start(dataDirectory)) {
            assertThat(stores.addresses().postgresPort()).isPositive();
            assertThat(leftover.isAlive()).isFalse();
        }
    }

    @Test
    void theStoresOfAKilledAgentStopByThemselves() throws Exception {
        Process agent = startAgent();
        List<ProcessHandle> stores = processesIn(dataDirectory).toList();
        assertThat(stores).isNotEmpty();
        agent.destroyForcibly().waitFor();
        for (ProcessHandle store : stores) {
            assertThat(store.onExit().get(20, TimeUnit.SECONDS).isAlive()).isFalse();
        }
    }

    @Test
    void aTemporaryDirectoryIsGoneAtTheEnd() {
        Path root;
        try (EmbeddedStores stores = EmbeddedStores.startTemporary()) {
            root = stores.directory();
            assertThat(root).isDirectory();
        }
        assertThat(root).doesNotExist();
    }

    private Process startAgent() throws IOException {
        Process agent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        AgentUnderTest.class.getName(),
                        dataDirectory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(agent.inputReader().readLine()).startsWith("ready");
        return agent;
    }

    private static ProcessHandle postgresOf(Path directory) throws IOException {
        String pid = Files.readString(directory.resolve("stores/postgres.pid")).strip();
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    @Test
    void aWrongPasswordOpensNeitherStore() {
        try (EmbeddedStores stores = EmbeddedStores.start(dataDirectory)) {
            assertThatThrownBy(
                            () -> DriverManager.getConnection(stores.addresses().jdbcUrl(), "entente", "wrong"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password");
            assertThat(talk(stores, "AUTH wrong\r\nGET kept\r\nQUIT\r\n")).contains("WRONGPASS", "NOAUTH");
        }
    }

    @Test
    void noSecretIsReadableByOthersOrShownInAProcessList() throws Exception {
        try (EmbeddedStores stores = EmbeddedStores.start(dataDirectory)) {
            Path home = dataDirectory.resolve("stores");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("postgres.password"))))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("redis.conf"))))
                    .isEqualTo("rw-------");
            assertThat(ProcessHandle.allProcesses()
                            .map(process -> process.info().commandLine().orElse("")))
                    .noneMatch(line ->
                            line.contains(stores.addresses().redisPassword().reveal()))
                    .noneMatch(line ->
                            line.contains(stores.addresses().postgresPassword().reveal()));
            assertThat(stores.addresses().toString())
                    .doesNotContain(stores.addresses().postgresPassword().reveal());
        }
    }

    private static void sql(EmbeddedStores stores, String statement) throws SQLException {
        try (Connection connection = connect(stores)) {
            connection.createStatement().execute(statement);
        }
    }

    private static int answer(EmbeddedStores stores) throws SQLException {
        try (Connection connection = connect(stores);
                ResultSet rows = connection.createStatement().executeQuery("select answer from kept")) {
            assertThat(rows.next()).isTrue();
            return rows.getInt(1);
        }
    }

    private static Connection connect(EmbeddedStores stores) throws SQLException {
        StoreAddresses addresses = stores.addresses();
        return DriverManager.getConnection(
                addresses.jdbcUrl(),
                addresses.user(),
                addresses.postgresPassword().reveal());
    }

    private static String redis(EmbeddedStores stores, String command) {
        return talk(stores, "AUTH " + stores.addresses().redisPassword().reveal() + "\r\n" + command + "\r\nQUIT\r\n");
    }

    private static String talk(EmbeddedStores stores, String lines) {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), stores.addresses().redisPort())) {
            socket.getOutputStream().write(lines.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Stream<ProcessHandle> processesIn(Path directory) {
        return ProcessHandle.allProcesses().filter(process -> worksIn(process, directory));
    }

    private static boolean worksIn(ProcessHandle process, Path directory) {
        try {
            return Path.of("/proc/" + process.pid() + "/cwd").toRealPath().startsWith(directory.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }
}

package io.waip.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code bin/waip-triton} on control pages made here, with a PATH that holds the few tools it needs
 * and no Java. The page's layout comes from {@code rings.h}, so a number that differs between the
 * script and the header fails a test.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TritonSwitchTest {

  private static final List<String> TOOLS = List.of("bash", "cat", "dd", "od", "tr", "wc");
  private static final Path SCRIPT =
      ProjectFiles.at("scheduler-plugin/cli/src/main/dist/bin/waip-triton");
  private static final long PID = ProcessHandle.current().pid();

  @TempDir private Path temp;

  private RingsHeader rings = new RingsHeader(Map.of());
  private Path bin;
  private Path root;
  private ShellScripts scripts = new ShellScripts(Path.of(""));

  @BeforeEach
  void makeMachine() throws IOException {
    rings = RingsHeader.read();
    bin = Files.createDirectories(temp.resolve("bin"));
    root = Files.createDirectories(temp.resolve("shared memory"));
    for (String tool : TOOLS) {
      Files.createSymbolicLink(bin.resolve(tool), Path.of("/usr/bin", tool));
    }
    scripts = new ShellScripts(temp);
    scripts.set("PATH", bin.toString());
    scripts.set("WAIP_CONTROL_ROOT", root.toString());
  }

  /** A page of server {@code pid}: planner 77 ready in epoch 3, counter n at 1000 + n. */
  private byte[] page(long pid) {
    return page(pid, _ -> {});
  }

  /** That page after {@code change}. */
  private byte[] page(long pid, Consumer<ByteBuffer> change) {
    byte[] bytes = new byte[rings.number("CONTROL_BYTES")];
    ByteBuffer page = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    page.putInt(rings.number("CONTROL_MAGIC"), rings.number("MAGIC"));
    page.putInt(rings.number("CONTROL_VERSION"), rings.number("VERSION"));
    page.putInt(rings.number("CONTROL_SERVER_PID"), (int) pid);
    page.putLong(rings.number("CONTROL_EPOCH"), 3);
    page.putInt(rings.number("CONTROL_PLANNER_PID"), 77);
    page.putInt(rings.number("CONTROL_PLANNER_STATE"), rings.number("PLANNER_READY"));
    page.putInt(rings.number("CONTROL_LOST_REASON"), rings.number("LOST_HEARTBEAT"));
    for (int n = 0; n < rings.number("COUNTERS"); n++) {
      page.putLong(rings.number("CONTROL_COUNTERS") + 8 * n, 1000 + n);
    }
    change.accept(page);
    return bytes;
  }

  private Path write(long pid, byte[] bytes) throws IOException {
    Path folder = Files.createDirectories(root.resolve("waip-" + pid));
    return Files.write(folder.resolve("control"), bytes);
  }

  private Path serve() throws IOException {
    return write(PID, page(PID));
  }

  private ShellScripts.Run call(String... args) throws IOException, InterruptedException {
    return scripts.run(SCRIPT, args);
  }

  private void assertFails(ShellScripts.Run run, String... parts) {
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("waip triton: ").contains(parts);
    assertThat(run.err().lines()).hasSize(1);
  }

  // The script's numbers

  @Test
  void everyNumberOfTheScriptIsTheHeaders() throws Exception {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    Pattern.compile("^readonly (\\w+)=(\\d+)$", Pattern.MULTILINE)
        .matcher(Files.readString(SCRIPT))
        .results()
        .forEach(line -> numbers.put(line.group(1), Integer.valueOf(line.group(2))));

    assertThat(numbers).hasSizeGreaterThanOrEqualTo(10);
    assertThat(rings.numbers()).containsAllEntriesOf(numbers);
  }

  @Test
  void statesReasonsAndCountersHaveTheHeadersNamesInItsOrder() throws Exception {
    assertThat(scriptNames("PLANNER")).isEqualTo(rings.names("PLANNER_"));
    assertThat(scriptNames("LOST")).isEqualTo(rings.names("LOST_"));
    assertThat(scriptNames("COUNTER"))
        .isEqualTo(rings.names("COUNTER_"))
        .hasSize(rings.number("COUNTERS"));
  }

  @Test
  void theOperationsPageExplainsEveryStateReasonAndCounter() throws Exception {
    String page = Files.readString(ProjectFiles.at("docs/triton-operations.md"));

    for (String prefix : List.of("PLANNER_", "LOST_", "COUNTER_")) {
      assertThat(rings.names(prefix))
          .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    }
  }

  private static List<String> scriptNames(String array) throws IOException {
    return Pattern.compile("^readonly " + array + "=\\(([^)]*)\\)$", Pattern.MULTILINE)
        .matcher(Files.readString(SCRIPT))
        .results()
        .flatMap(line -> Stream.of(line.group(1).trim().split("\\s+")))
        .toList();
  }

  // bypass

  @Test
  void bypassOnSetsTheOneByteAndOffClearsIt() throws Exception {
    Path control = serve();
    byte[] expected = page(PID);

    ShellScripts.Run on = call("bypass", "on");

    expected[rings.number("CONTROL_BYPASS")] = 1;
    assertThat(on)
        .isEqualTo(
            new ShellScripts.Run(
                0, "server " + PID + ": bypass on (was off), in force within 1 s\n", ""));
    assertThat(Files.readAllBytes(control)).isEqualTo(expected);

    ShellScripts.Run off = call("bypass", "off", "--pid", String.valueOf(PID));

    assertThat(off.out()).contains("bypass off (was on)");
    assertThat(Files.readAllBytes(control)).isEqualTo(page(PID));
  }

  @Test
  void bypassWritesThePageThatIsMappedAndNoCopyOfIt() throws Exception {
    Path control = serve();
    Object before = Files.getAttribute(control, "unix:ino");

    call("bypass", "on");

    assertThat(Files.getAttribute(control, "unix:ino")).isEqualTo(before);
  }

  @Test
  void bypassFindsThePageNamedByTheVariable() throws Exception {
    Path folder = Files.createDirectories(temp.resolve("elsewhere"));
    Path control = Files.write(folder.resolve("control"), page(PID));
    scripts.set("WAIP_CONTROL_DIR", folder.toString());

    assertThat(call("bypass", "on").exitCode()).isZero();

    assertThat(Files.readAllBytes(control)[rings.number("CONTROL_BYPASS")]).isEqualTo((byte) 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "maybe", "1"})
  void bypassTakesOnAndOffOnly(String word) throws Exception {
    serve();

    ShellScripts.Run run = call("bypass", word);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("'" + word + "' is neither on nor off", "--help");
  }

  // status

  @Test
  void statusShowsStateReasonAndEveryCounterByName() throws Exception {
    serve();

    String out = call("status").out();

    assertThat(out)
        .containsPattern("(?m)^server +" + PID + "$")
        .containsPattern("(?m)^bypass +off$")
        .containsPattern("(?m)^planner +ready$")
        .containsPattern("(?m)^planner pid +77$")
        .containsPattern("(?m)^epoch +3$")
        .containsPattern("(?m)^last loss +heartbeat$");
    List<String> counters = rings.names("COUNTER_");
    for (int n = 0; n < counters.size(); n++) {
      assertThat(out).containsPattern("(?m)^" + counters.get(n) + " +" + (1000 + n) + "$");
    }
  }

  @Test
  void statusWritesTheSameAsJson() throws Exception {
    byte[] page =
        page(
            PID,
            bytes -> {
              bytes.put(rings.number("CONTROL_BYPASS"), (byte) 9);
              bytes.putLong(rings.number("CONTROL_COUNTERS"), -1);
            });
    write(PID, page);

    ShellScripts.Run run = call("status", "--json", "out.json");

    assertThat(run.exitCode()).isZero();
    JsonNode json = new ObjectMapper().readTree(temp.resolve("out.json").toFile());
    assertThat(json.get("server_pid").asLong()).isEqualTo(PID);
    assertThat(json.get("server_alive").asBoolean()).isTrue();
    assertThat(json.get("bypass").asBoolean()).isTrue();
    assertThat(json.get("planner_state").asText()).isEqualTo("ready");
    assertThat(json.get("planner_pid").asInt()).isEqualTo(77);
    assertThat(json.get("epoch").asInt()).isEqualTo(3);
    assertThat(json.get("last_loss").asText()).isEqualTo("heartbeat");
    assertThat(json.get("counters").get("requests").asText()).isEqualTo("18446744073709551615");
    assertThat(json.get("counters").fieldNames())
        .toIterable()
        .containsExactlyElementsOf(rings.names("COUNTER_"));
    assertThat(call("status", "--json", "-").out())
        .isEqualTo(Files.readString(temp.resolve("out.json")));
  }

  @Test
  void statusNamesNumbersItDoesNotKnow() throws Exception {
    byte[] page =
        page(
            PID,
            bytes -> {
              bytes.putInt(rings.number("CONTROL_PLANNER_STATE"), 4);
              bytes.putInt(rings.number("CONTROL_LOST_REASON"), -1);
            });
    write(PID, page);

    assertThat(call("status").out()).contains("unknown_4", "unknown_4294967295");
  }

  @Test
  void statusStillReadsThePageOfAServerThatIsGone() throws Exception {
    long gone = 4_194_305; // above Linux's largest process id
    write(gone, page(gone));

    assertThat(call("status", "--pid", String.valueOf(gone)).out())
        .contains(gone + " (not running here)");
    assertFails(call("bypass", "on", "--pid", String.valueOf(gone)), "does not run");
  }

  @Test
  void statusSaysWhenTheJsonCannotBeWritten() throws Exception {
    serve();

    ShellScripts.Run run = call("status", "--json", "missing/out.json");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("--json: cannot write missing/out.json");
  }

  // Which server

  @Test
  void saysSoWhenNoServerRuns() throws Exception {
    write(4_194_305, page(4_194_305));
    Files.createDirectories(root.resolve("waip-x"));

    assertFails(call("status"), "no running server has a control page in " + root);
  }

  @Test
  void namesTheServersWhenSeveralRun() throws Exception {
    long parent = ProcessHandle.current().parent().orElseThrow().pid();
    serve();
    write(parent, page(parent));

    assertFails(
        call("bypass", "on"), "several servers run", "--pid", String.valueOf(PID), "" + parent);
    assertThat(call("bypass", "on", "--pid", "" + parent).exitCode()).isZero();
    assertThat(call("status", "--pid", "" + PID).out()).containsPattern("bypass +off");
  }

  @Test
  void saysSoWhenTheProcessHasNoPage() throws Exception {
    serve();

    assertFails(call("status", "--pid", "1"), "process 1 has no control page");
  }

  @Test
  void saysSoWhenTheFolderNamedHasNoPage() throws Exception {
    scripts.set("WAIP_CONTROL_DIR", temp.toString());

    assertFails(call("status"), "no control page at " + temp, "WAIP_CONTROL_DIR");
  }

  // Pages that are none, and pages that cannot be written: nothing is changed

  @Test
  void refusesAPageWithAnotherMagicNumber() throws Exception {
    byte[] page =
        page(PID, bytes -> bytes.putInt(rings.number("CONTROL_MAGIC"), rings.number("MAGIC") + 1));
    Path control = write(PID, page);

    assertFails(call("bypass", "on"), "magic number", "no control page");
    assertThat(Files.readAllBytes(control)).isEqualTo(page);
  }

  @Test
  void refusesAPageOfAnotherVersion() throws Exception {
    byte[] page = page(PID, bytes -> bytes.putInt(rings.number("CONTROL_VERSION"), 99));
    Path control = write(PID, page);

    assertFails(call("bypass", "on"), "layout version 99", "version " + rings.number("VERSION"));
    assertThat(Files.readAllBytes(control)).isEqualTo(page);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 17, 4095, 4097})
  void refusesAPageOfAnotherSize(int bytes) throws Exception {
    byte[] page = Arrays.copyOf(page(PID), bytes);
    Path control = write(PID, page);

    assertFails(call("bypass", "on"), "has " + bytes + " bytes, not 4096");
    assertThat(Files.readAllBytes(control)).isEqualTo(page);
  }

  @Test
  void refusesAPageOfAnotherServer() throws Exception {
    write(PID, page(PID + 1));

    assertFails(call("bypass", "on"), "belongs to process " + (PID + 1));
  }

  @Test
  void refusesASymbolicLink() throws Exception {
    Path target = Files.write(temp.resolve("target"), page(PID));
    Path folder = Files.createDirectories(root.resolve("waip-" + PID));
    Files.createSymbolicLink(folder.resolve("control"), target);

    assertFails(call("bypass", "on"), "is not a regular file");
    assertThat(Files.readAllBytes(target)).isEqualTo(page(PID));
  }

  @Test
  void saysSoWhenThePageIsReadOnly() throws Exception {
    assumeFalse("root".equals(System.getProperty("user.name")), "root may write any file");
    Path control = serve();
    Files.setPosixFilePermissions(control, PosixFilePermissions.fromString("r--r--r--"));

    assertFails(call("bypass", "on"), "is not writable", "the server's user");
  }

  @Test
  void saysSoWhenTheWriteFails() throws Exception {
    serve();
    tool("dd", "exit 1");

    assertFails(call("bypass", "on"), "cannot write " + root);
  }

  @Test
  void saysSoWhenTheWriteHasNoEffect() throws Exception {
    serve();
    tool("dd", "exit 0");

    assertFails(call("bypass", "on"), "does not say 'on'");
  }

  private void tool(String name, String line) throws IOException {
    Path file = bin.resolve(name);
    Files.delete(file);
    ShellScripts.write(file, "#!/usr/bin/bash\n" + line + "\n");
  }

  // Command line

  @Test
  void explainsItself() throws Exception {
    for (List<String> args : List.of(List.of("--help"), List.of("bypass", "-h"))) {
      ShellScripts.Run run = call(args.toArray(String[]::new));

      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).startsWith("Usage: waip triton bypass on|off");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"install", "uninstall", "upgrade"})
  void subcommandsNotDeliveredYetSaySo(String name) throws Exception {
    assertFails(call(name, "--model-repository", "d"), "'" + name + "' is not delivered yet");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "stauts",
        "status --pid",
        "status --pid 0",
        "status --pid x",
        "status --json",
        "status extra",
        "bypass on --json f",
        "bypass"
      })
  void wrongCallsEndWithTwo(String line) throws Exception {
    serve();

    ShellScripts.Run run = call(line.isEmpty() ? new String[0] : line.split(" "));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("waip triton: ").contains("--help");
    assertThat(run.err().lines()).hasSize(1);
  }
}

package io.andon.bench.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The simulator as a process of its own. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class SimulatorMainIT {
  private final List<Process> started = new ArrayList<>();

  @TempDir private Path folder;

  @AfterEach
  void endProcesses() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void namesItsAddressesAndEndsWithItsStandardInput() throws Exception {
    Process simulator = simulator("--port=0", "--truth=" + folder.resolve("truth"));

    assertThat(firstLine(simulator))
        .matches("READY rtsp://127.0.0.1:\\d+/conveyor rtsp://\\S+/press");
    simulator.outputWriter().write("nonsense is left out\n");
    simulator.outputWriter().close();

    assertThat(outputOf(simulator))
        .contains("a line of standard input was left out: not a command");
    assertThat(simulator.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(simulator.exitValue()).isZero();
  }

  @Test
  void endsWhenToldTo() throws Exception {
    Process simulator = simulator("--port=0", "--cameras=press");
    assertThat(firstLine(simulator)).startsWith("READY");

    simulator.destroy();

    assertThat(simulator.waitFor(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void neverShowsAPasswordGivenInPlaceOfAReference() throws Exception {
    Process simulator = simulator("--port=0", "--user=viewer", "--password-ref=secret-itself");

    String output = outputOf(simulator);

    assertThat(simulator.waitFor()).isNotZero();
    assertThat(output).contains("env:NAME").doesNotContain("secret-itself");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--port=65536 | port: 65536 is not allowed; 0 to 65535",
        "--fps=0 | fps: 0 is not allowed; 1 to 60",
        "--cameras=press,nosuch | camera: nosuch is not allowed; one of [conveyor, press",
        "--cameras=press,press | no name twice",
        "--truth=/no/such/folder/truth | truth: can't write to /no/such/folder/truth: NoSuchFile"
      })
  void saysInOneLineWhichOptionIsWrong(String option, String why) throws Exception {
    Process simulator = simulator(option);

    assertThat(outputOf(simulator)).contains(why).contains("Usage:").doesNotContain("\tat ");
    assertThat(simulator.waitFor()).isEqualTo(2);
  }

  @Test
  void saysWhichPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process simulator = simulator("--port=" + taken.getLocalPort(), "--cameras=press");

      assertThat(outputOf(simulator))
          .contains("port: can't listen on 127.0.0.1:" + taken.getLocalPort())
          .doesNotContain("\tat ");
      assertThat(simulator.waitFor()).isEqualTo(2);
    }
  }

  private static String outputOf(Process process) throws IOException {
    return process.inputReader().lines().collect(Collectors.joining("\n"));
  }

  private Process simulator(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(SimulatorMain.class.getName());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    started.add(process);
    return process;
  }

  private static String firstLine(Process process) throws IOException {
    BufferedReader output = process.inputReader();
    String line = output.readLine();
    while (line != null && !line.startsWith("READY")) {
      line = output.readLine();
    }
    return line == null ? "" : line;
  }
}

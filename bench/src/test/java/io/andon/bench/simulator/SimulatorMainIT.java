package io.andon.bench.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The simulator as a process of its own. */
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

    String output = new String(simulator.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(simulator.waitFor()).isNotZero();
    assertThat(output).contains("env:NAME").doesNotContain("secret-itself");
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

package io.andon.chaos.scripts;

import io.andon.chaos.cluster.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A checkout that holds the real scripts and nothing else; the programs that they call do what a
 * test says.
 *
 * @param root the checkout
 */
record ScriptFolder(Path root) {
  private static final Path CHECKOUT = Path.of("../..").toAbsolutePath().normalize();
  private static final Duration LIMIT = Duration.ofMinutes(3);

  /** Lays out {@code scripts} and the Flink home's {@code bin} in a folder. */
  static ScriptFolder in(Path root) throws IOException {
    ScriptFolder folder = new ScriptFolder(Files.createDirectories(root).toRealPath());
    folder.copy(CHECKOUT.resolve("scripts"), "scripts");
    folder.copy(CHECKOUT.resolve("deploy/flink/src/home/bin"), "deploy/flink/target/flink/bin");
    return folder;
  }

  private void copy(Path from, String to) throws IOException {
    Path folder = Files.createDirectories(root.resolve(to));
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
  }

  /** Puts a bash script where a program is expected, relative to the checkout. */
  void script(String file, String text) throws IOException {
    Path path = write(file, "#!/usr/bin/env bash\n" + text + "\n");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Puts a program on the path before all others. */
  void program(String name, String text) throws IOException {
    script("programs/" + name, text);
  }

  /** Writes a file, relative to the checkout. */
  Path write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text);
  }

  /** Lines of a file that a stand-in wrote; none if it was never called. */
  List<String> lines(String file) throws IOException {
    Path path = root.resolve(file);
    return Files.exists(path) ? Files.readAllLines(path) : List.of();
  }

  /** Runs a command in the checkout. */
  Shell.Result run(Map<String, String> environment, String... command) throws Exception {
    return shell(root, environment).run(LIMIT, List.of(command));
  }

  /** Commands run in a directory, with the stand-ins on the path. */
  Shell shell(Path directory, Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(Map.of("JAVA_HOME", "", "ANDON_MODELS", ""));
    all.putAll(environment);
    all.put("PATH", root.resolve("programs") + ":" + System.getenv("PATH"));
    return new Shell(directory, all);
  }
}

package io.andon.quickstart;

import io.andon.broker.EmbeddedBroker;
import io.andon.job.replay.TimeTravelCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/**
 * Replays an event of the demo while it runs or after it: without a configuration it takes that of
 * the last run, and starts the broker again over what that left where none answers.
 */
public final class TimeTravel {
  /** Names the demo's folder; without it that is {@code run} in the working directory. */
  private static final String RUN_PROPERTY = "andon.run";

  private TimeTravel() {}

  /** Entry point; the arguments are those of {@link TimeTravelCommand}. */
  public static void main(String[] arguments) throws IOException {
    System.exit(
        run(new RunFolder(Path.of(System.getProperty(RUN_PROPERTY, "run"))), List.of(arguments)));
  }

  static int run(RunFolder folder, List<String> given) throws IOException {
    List<String> arguments = new ArrayList<>(given);
    Path configuration = folder.configuration().resolve("job.yaml");
    boolean hasRun = Files.exists(configuration) && EmbeddedBroker.isIn(folder.broker());
    if (namesKafka(given) || asksForHelp(given) || !hasRun) {
      return execute(arguments);
    }
    arguments.add("--config=" + configuration);
    try {
      return EmbeddedBroker.isAnswering(folder.broker())
          ? ofRunning(folder, arguments)
          : ofLast(folder, arguments);
    } catch (IOException e) {
      System.err.println("time-travel: " + e.getMessage());
      return ExitCode.USAGE;
    }
  }

  private static int ofRunning(RunFolder folder, List<String> arguments) throws IOException {
    if (!EmbeddedBroker.isItself(folder.broker())) {
      throw new IOException(
          "another broker answers where that of the demo's last run did, a cluster's say, and it"
              + " knows other incidents than "
              + folder.archive()
              + " has snapshots of; name whose are meant, CONFIG=run/cluster/job.yaml for 'make"
              + " cluster', or end that broker for the demo's (make cluster-stop)");
    }
    return execute(arguments);
  }

  /** Nobody else may start over the folder, or empty it, while its broker serves. */
  private static int ofLast(RunFolder folder, List<String> arguments) throws IOException {
    try (RunLock lock = RunLock.take(folder.root())) {
      System.err.println("starting the broker over what the last run left in " + lock.folder());
      try (EmbeddedBroker broker = EmbeddedBroker.reopen(folder.broker())) {
        arguments.add("--bootstrap-servers=" + broker.bootstrapServers());
        return execute(arguments);
      }
    }
  }

  private static boolean namesKafka(List<String> arguments) {
    return arguments.stream()
        .anyMatch(
            argument ->
                argument.startsWith("--config") || argument.startsWith("--bootstrap-servers"));
  }

  private static boolean asksForHelp(List<String> arguments) {
    return arguments.stream().anyMatch(Set.of("-h", "--help", "-V", "--version")::contains);
  }

  private static int execute(List<String> arguments) {
    CommandLine command = TimeTravelCommand.commandLine(new TimeTravelCommand());
    return command.execute(arguments.toArray(String[]::new));
  }
}

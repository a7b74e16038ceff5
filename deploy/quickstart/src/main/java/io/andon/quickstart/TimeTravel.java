package io.andon.quickstart;

import io.andon.bench.broker.EmbeddedBroker;
import io.andon.job.replay.TimeTravelCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

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
    if (namesKafka(given) || !hasRun) {
      return execute(arguments);
    }
    arguments.add("--config=" + configuration);
    Optional<EmbeddedBroker> broker = Optional.empty();
    try {
      if (!EmbeddedBroker.isAnswering(folder.broker())) {
        System.err.println("starting the broker over what the last run left in " + folder.broker());
        broker = Optional.of(EmbeddedBroker.reopen(folder.broker()));
      }
      return execute(arguments);
    } finally {
      broker.ifPresent(EmbeddedBroker::close);
    }
  }

  private static boolean namesKafka(List<String> arguments) {
    return arguments.stream()
        .anyMatch(
            argument ->
                argument.startsWith("--config") || argument.startsWith("--bootstrap-servers"));
  }

  private static int execute(List<String> arguments) {
    CommandLine command = TimeTravelCommand.commandLine(new TimeTravelCommand());
    return command.execute(arguments.toArray(String[]::new));
  }
}

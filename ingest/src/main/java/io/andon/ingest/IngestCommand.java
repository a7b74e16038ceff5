package io.andon.ingest;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command line of ingest. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 the configuration or
 * this machine can't be used, 4 topics can't be used or access is not as it should be; 143 after
 * SIGTERM, which ends a running service in good order.
 */
@Command(
    name = "andon-ingest",
    mixinStandardHelpOptions = true,
    version = "andon-ingest 0.1.0",
    description = "Takes frames from RTSP cameras to Kafka.",
    subcommands = {
      RunCommand.class,
      CheckCommand.class,
      PictureCommand.class,
      TopicsCommand.class,
      AccessCommand.class
    })
public final class IngestCommand implements Runnable {
  static final int FAILED = 1;
  static final int WRONG_USAGE = 2;
  static final int UNUSABLE = 3;
  static final int DIFFERS = 4;

  private static final String LOG_CONFIG = "log4j2.configurationFile";

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Starts the command and ends the process with its exit code. */
  public static void main(String[] args) {
    if (System.getProperty(LOG_CONFIG) == null) {
      System.setProperty(LOG_CONFIG, "classpath:io/andon/ingest/log4j2.xml");
    }
    System.exit(commandLine().execute(args));
  }

  /** The command line, to run inside another process. */
  public static CommandLine commandLine() {
    return new CommandLine(new IngestCommand());
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Missing command: run, check, picture, topics or access");
  }
}

package io.andon.job.replay;

import io.andon.config.ConfigException;
import io.andon.embedding.EmbedderFactory;
import io.andon.embedding.model.ModelRefusedException;
import io.andon.embedding.picture.JpegPictureDecoder;
import io.andon.job.JobOutput;
import io.andon.job.archive.ArchiveDirectory;
import io.andon.job.config.JobAssembly;
import io.andon.job.config.JobConfig;
import io.andon.job.frames.FrameParser;
import io.andon.job.kafka.KafkaSettings;
import io.andon.job.kafka.TopicLog;
import io.andon.job.kafka.TopicLogException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.IllegalConfigurationException;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.PluginUtils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Replays an incident event against the exact baseline that it met; docs/time-travel.md. */
@Command(
    name = "time-travel",
    mixinStandardHelpOptions = true,
    description = "Replays an incident event against the exact baseline that it met.",
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {
      "0:REPRODUCED, the same event came again",
      "1:DIFFERS, another event or none came",
      "2:the replay can't be tried; the message says why",
      "3:EXPIRED, a snapshot or frames that it needs are gone"
    })
public final class TimeTravelCommand implements Callable<Integer> {
  static final int REPRODUCED = 0;
  static final int DIFFERS = 1;
  static final int REFUSED = 2;
  static final int EXPIRED = 3;
  private static final int BROKEN = 4;
  private static final int LISTED = 20;

  @Parameters(
      paramLabel = "EVENT",
      arity = "0..1",
      description =
          "A file with the event's JSON, or incidentId.revision (or the beginning of an incidentId"
              + " for its latest revision), which is looked up on the incidents topic. Without it"
              + " the latest events are listed.")
  private @Nullable String event;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The job's configuration: topics, model, frames, archive, Kafka's security.")
  private @Nullable Path config;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "Brokers, in place of the configuration's.")
  private @Nullable String bootstrapServers;

  @Option(
      names = "--archive",
      paramLabel = "DIR",
      description = "Directory of the snapshots, in place of the configuration's.")
  private @Nullable String archive;

  @Option(
      names = "--heat",
      paramLabel = "FILE.png",
      description = "Draw the peak frame with its heat map and boxes into this file.")
  private @Nullable Path heat;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  private CommandSpec spec;

  private final Function<JobAssembly, EmbedderFactory> embedders;

  /** The command with the configured model. */
  public TimeTravelCommand() {
    this(JobAssembly::embedders);
  }

  /**
   * The command with another model.
   *
   * @param embedders finds the model of a configuration
   */
  public TimeTravelCommand(Function<JobAssembly, EmbedderFactory> embedders) {
    this.embedders = embedders;
  }

  /** Entry point. */
  public static void main(String[] arguments) {
    System.exit(commandLine(new TimeTravelCommand()).execute(arguments));
  }

  /** The command line of a command; an error of the program has exit status 4. */
  public static CommandLine commandLine(TimeTravelCommand command) {
    return new CommandLine(command)
        .setExecutionExceptionHandler(
            (e, line, parsed) -> {
              e.printStackTrace(line.getErr());
              return BROKEN;
            });
  }

  @Override
  public Integer call() {
    try {
      return travel();
    } catch (ExpiredException e) {
      out().println("EXPIRED     " + e.getMessage());
      out().flush();
      return EXPIRED;
    } catch (RefusedException
        | TopicLogException
        | ConfigException
        | ModelRefusedException
        | IOException e) {
      spec.commandLine().getErr().println("time-travel: " + e.getMessage());
      spec.commandLine().getErr().flush();
      return REFUSED;
    }
  }

  private int travel()
      throws ExpiredException,
          RefusedException,
          TopicLogException,
          ConfigException,
          ModelRefusedException,
          IOException {
    long startNanos = System.nanoTime();
    requireDrawable();
    JobConfig settings = settings();
    JobAssembly assembly = new JobAssembly(settings, Clock.systemUTC());
    KafkaSettings kafka = assembly.kafka();
    Reproduction result;
    try (TopicLog log = TopicLog.open(kafka)) {
      if (event == null) {
        String topic = kafka.topic(JobOutput.INCIDENTS);
        return list(TargetEvent.onTopic(log, topic), topic);
      }
      ArchiveDirectory directory = directory(settings);
      TargetEvent target = target(log, kafka, event);
      result =
          new TimeTravel(
                  kafka,
                  log,
                  directory,
                  new FrameParser(assembly.settings().frameBounds()),
                  new JpegPictureDecoder(),
                  embedders.apply(assembly))
              .replay(target);
    }
    new TravelReport(out()).print(result, Duration.ofNanos(System.nanoTime() - startNanos));
    draw(result);
    out().flush();
    return result.differences().isEmpty() ? REPRODUCED : DIFFERS;
  }

  private JobConfig settings() throws ConfigException, RefusedException {
    if (config != null) {
      if (!Files.isReadable(config)) {
        throw new RefusedException("there is no configuration " + config);
      }
      JobConfig loaded = JobConfig.load(config);
      return bootstrapServers == null ? loaded : loaded.withBootstrapServers(bootstrapServers);
    }
    if (bootstrapServers == null) {
      throw new RefusedException("--config or --bootstrap-servers must say where Kafka is");
    }
    return JobConfig.parse("kafka: {bootstrapServers: replaced:1}", "defaults")
        .withBootstrapServers(bootstrapServers);
  }

  private ArchiveDirectory directory(JobConfig settings) throws RefusedException {
    String directory = archive == null ? settings.archive().directory() : archive;
    if (directory == null || directory.isEmpty()) {
      throw new RefusedException(
          "--archive or the configuration's archive.directory must say where snapshots are");
    }
    try {
      ArchiveDirectory snapshots = new ArchiveDirectory(directory);
      if (!snapshots.isLocal()) {
        knowFileSystems();
      }
      return snapshots;
    } catch (IllegalArgumentException e) {
      throw new RefusedException("--archive " + directory + " is no path: " + e.getMessage());
    }
  }

  /** In Flink's own processes Flink does this: object storage is a plugin, and has settings. */
  private static void knowFileSystems() throws RefusedException {
    try {
      Configuration flink = GlobalConfiguration.loadConfiguration();
      FileSystem.initialize(flink, PluginUtils.createPluginManagerFromRootFolder(flink));
    } catch (IllegalConfigurationException e) {
      throw new RefusedException("Flink's settings in FLINK_CONF_DIR: " + e.getMessage());
    }
  }

  private int list(List<TargetEvent> events, String topic) {
    out()
        .println(
            events.isEmpty()
                ? "no event on topic " + topic + " yet"
                : "latest events; EVENT names the one to replay:");
    events.stream()
        .skip(Math.max(0, events.size() - LISTED))
        .forEach(
            target ->
                out()
                    .printf(
                        Locale.ROOT,
                        "  %s  %s  %-8s %-12s score %6.2f by %s%n",
                        target.event().eventId(),
                        Instant.EPOCH.plus(
                            target.event().current().capturedMicros(), ChronoUnit.MICROS),
                        target.event().kind().wireName(),
                        target.event().camera(),
                        target.event().peakScore(),
                        target.event().channel().wireName()));
    out().flush();
    return REPRODUCED;
  }

  private static TargetEvent target(TopicLog log, KafkaSettings kafka, String event)
      throws RefusedException, TopicLogException {
    return isFile(event)
        ? TargetEvent.ofFile(Path.of(event))
        : TargetEvent.ofTopic(log, kafka.topic(JobOutput.INCIDENTS), event);
  }

  private static boolean isFile(String text) {
    try {
      return text.contains("/") || Files.exists(Path.of(text));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Before the replay, which may take minutes. */
  private void requireDrawable() throws RefusedException {
    if (heat == null) {
      return;
    }
    Path folder = heat.toAbsolutePath().getParent();
    if (Files.isDirectory(heat) || folder == null) {
      throw new RefusedException("--heat " + heat + " is a folder, not a file");
    } else if (Files.exists(heat) && !Files.isWritable(heat)) {
      throw new RefusedException("--heat: " + heat + " can't be written");
    } else if (!Files.exists(heat) && !Files.isWritable(folder)) {
      throw new RefusedException("--heat: no file can be written in " + folder);
    }
  }

  private void draw(Reproduction result) throws IOException, RefusedException {
    byte[] picture = result.peakPicture();
    if (heat != null) {
      if (picture == null) {
        throw new RefusedException("the peak frame's picture was not met: nothing to draw");
      }
      Files.write(heat, HeatPicture.draw(picture, result.target().event()));
      out().println("  picture     " + heat);
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}

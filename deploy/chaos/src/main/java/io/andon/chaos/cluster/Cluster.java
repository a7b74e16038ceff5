package io.andon.chaos.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.andon.bench.figures.ExitActions;
import io.andon.quickstart.job.FlinkFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Broker, JobManager, TaskManagers and job, started by {@code scripts/cluster} and handled by
 * Flink's own command line and by signals. Ends with this JVM at the latest.
 */
public final class Cluster implements AutoCloseable {
  /** Names of the processes, as their {@code .pid} files are called. */
  public enum Part {
    BROKER("broker"),
    JOB_MANAGER("jobmanager"),
    TASK_MANAGER("taskmanager");

    private final String fileName;

    Part(String fileName) {
      this.fileName = fileName;
    }
  }

  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Pattern SAVEPOINT = Pattern.compile("Savepoint completed\\. Path: (\\S+)");
  private static final Pattern JOB_ID = Pattern.compile("JobID ([0-9a-f]{32})");

  private final Path folder;
  private final Path root;
  private final ClusterPorts ports;
  private final Shell shell;
  private final FlinkRest rest;
  private ExitActions.@Nullable Registration stopAtExit;

  private Cluster(Path root, Path folder, ClusterPorts ports, Map<String, String> more) {
    this.root = root;
    this.folder = folder;
    this.ports = ports;
    Map<String, String> environment = new HashMap<>(ports.environment());
    environment.putAll(more);
    environment.put("ANDON_CLUSTER", folder.toString());
    environment.put("ANDON_BUILT", "yes");
    environment.put("ANDON_START_SECONDS", Long.toString(LONG.minusMinutes(1).toSeconds()));
    environment.put("FLINK_CONF_DIR", folder.resolve("conf").toString());
    environment.put("FLINK_LOG_DIR", folder.resolve("log").toString());
    environment.put("FLINK_PID_DIR", folder.resolve("pid").toString());
    this.shell = new Shell(root, environment);
    this.rest = new FlinkRest(ports.rest());
  }

  /**
   * Prepares a cluster; nothing runs yet.
   *
   * @param root the checkout, built
   * @param folder for data and logs; absolute
   * @param environment more variables of every process
   */
  public static Cluster in(Path root, Path folder, Map<String, String> environment)
      throws IOException {
    Path real = Files.createDirectories(folder).toRealPath(); // as its processes name it
    return new Cluster(root, real, ClusterPorts.free(), environment);
  }

  /** Starts broker, cluster and job, and waits until the job runs. */
  public void start() throws IOException, InterruptedException {
    stopAtExit = ExitActions.OF_THIS_PROCESS.add(this::stopQuietly);
    script("start");
  }

  /** Where clients of Kafka connect. */
  public String bootstrapServers() {
    return "127.0.0.1:" + ports.kafka();
  }

  public ClusterPorts ports() {
    return ports;
  }

  /** Folder of data and logs. */
  public Path folder() {
    return folder;
  }

  /** The checkout. */
  public Path root() {
    return root;
  }

  /** Runs commands with the cluster's environment. */
  public Shell shell() {
    return shell;
  }

  public FlinkRest rest() {
    return rest;
  }

  /** The jar that is submitted; an upgrade puts another in its place. */
  public Path jar() {
    return folder.resolve("andon-job.jar");
  }

  /** The job's configuration. */
  public Path config() {
    return folder.resolve("job.yaml");
  }

  private void script(String argument) throws IOException, InterruptedException {
    shell.require(LONG, "scripts/cluster", argument);
  }

  /** Starts a broker on the data of the one before. */
  public void startBroker() throws IOException, InterruptedException {
    script("broker");
  }

  /** Adds a TaskManager. */
  public void startTaskManager() throws IOException, InterruptedException {
    shell.require(LONG, home("bin/taskmanager.sh"), "start");
  }

  /** Stops the youngest TaskManager in order. */
  public void stopTaskManager() throws IOException, InterruptedException {
    shell.require(LONG, home("bin/taskmanager.sh"), "stop");
  }

  /** The Flink home that its processes run from, a copy of the one that was built. */
  Path flinkHome() {
    return folder.resolve("flink");
  }

  private String home(String file) {
    return flinkHome().resolve(file).toString();
  }

  /** Runs Flink's command line. */
  public Shell.Result flink(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(home("bin/flink")));
    command.addAll(List.of(arguments));
    return shell.run(LONG, command);
  }

  /**
   * Stops a job with a savepoint.
   *
   * @return where the savepoint is
   */
  public String stopWithSavepoint(String job) throws IOException, InterruptedException {
    String directory = FlinkFolder.of(folder.resolve("savepoints"));
    return found(SAVEPOINT, flink("stop", "--savepointPath", directory, job));
  }

  /**
   * Submits a job.
   *
   * @param options of {@code flink run}, {@code -s} say
   * @return its id
   */
  public String submit(Path jar, Path config, String... options)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("run", "-d"));
    arguments.addAll(List.of(options));
    arguments.addAll(List.of(jar.toString(), "--config", config.toString()));
    return found(JOB_ID, flink(arguments.toArray(new String[0])));
  }

  private static String found(Pattern pattern, Shell.Result result) throws IOException {
    Matcher matcher = pattern.matcher(result.output());
    if (result.status() != 0 || !matcher.find()) {
      throw new IOException("flink ended with " + result.status() + ":\n" + result.output());
    }
    return matcher.group(1);
  }

  /** Sends a signal, {@code KILL} say, to the youngest process of a part. */
  public void signal(Part part, String signal) throws IOException, InterruptedException {
    shell.require(LONG, "kill", "-" + signal, Long.toString(pid(part)));
  }

  /** The youngest process of a part. */
  public long pid(Part part) throws IOException {
    List<String> pids = Files.readAllLines(folder.resolve("pid/" + part.fileName + ".pid"));
    for (int i = pids.size() - 1; i >= 0; i--) {
      long pid = Long.parseLong(pids.get(i).strip());
      if (commandLine(pid).contains(mark(part))) {
        return pid;
      }
    }
    throw new IOException("no " + part + " runs");
  }

  /** What stands in a part's command line and in that of nobody who got its id later. */
  private String mark(Part part) {
    return part == Part.BROKER ? "--dir=" + folder.resolve("broker") + "\0" : flinkHome() + "/";
  }

  /** How a process was started; empty once it has ended, even if its id is not free yet. */
  private static String commandLine(long pid) {
    try {
      return new String(Files.readAllBytes(Path.of("/proc/" + pid + "/cmdline")), UTF_8);
    } catch (IOException gone) {
      return "";
    }
  }

  private void stopQuietly() {
    try {
      for (Part part : Part.values()) {
        wake(part);
      }
      script("stop");
    } catch (IOException e) {
      System.err.println("the cluster in " + folder + " could not be stopped: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A paused process would not hear the request to stop. */
  private void wake(Part part) throws InterruptedException {
    try {
      signal(part, "CONT");
    } catch (IOException noneRuns) {
      // then there is nothing to wake
    }
  }

  @Override
  public void close() {
    if (stopAtExit == null || stopAtExit.withdraw()) {
      stopQuietly();
    }
  }
}

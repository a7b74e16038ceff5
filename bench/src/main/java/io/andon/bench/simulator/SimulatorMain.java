package io.andon.bench.simulator;

import io.andon.bench.simulator.rtsp.RtspCredentials;
import io.andon.bench.simulator.rtsp.RtspServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The simulator's process: serves simulated cameras over RTSP, prints one line {@code READY
 * <address>...}, then takes {@code inject-from <epochMillis> until <epochMillis> count <n>} from
 * standard input until that ends.
 */
@Command(
    name = "simulator",
    description = "Serves simulated cameras over RTSP until standard input ends.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class SimulatorMain implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(SimulatorMain.class);
  private static final String ENVIRONMENT = "env:";

  @Option(names = "--port", defaultValue = "18554", description = "TCP port on loopback; 0: any")
  private int port;

  @Option(
      names = "--cameras",
      split = ",",
      defaultValue = "conveyor,press",
      description = "cameras to serve, each at /NAME: conveyor, press, assembly, rack")
  private List<String> cameras = List.of();

  @Option(names = "--fps", defaultValue = "10", description = "frames a second, 1 to 60")
  private int fps;

  @Option(names = "--truth", description = "file that the injected anomalies are appended to")
  private @Nullable Path truth;

  @Option(names = "--seed", defaultValue = "1", description = "decides everything random")
  private long seed;

  @Option(names = "--user", description = "user that clients must name")
  private @Nullable String user;

  @Option(names = "--password-ref", description = "where the password is, env:NAME")
  private @Nullable String passwordRef;

  @Spec private CommandLine.Model.@Nullable CommandSpec spec;

  private SimulatorMain() {}

  /** Runs until standard input ends or the process is told to end. */
  public static void main(String[] args) {
    // A camera that can't be rendered any more is the end of this process: it is restarted whole.
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> {
          LOG.error("thread {} failed", thread.getName(), failure);
          Runtime.getRuntime().halt(1);
        });
    System.exit(new CommandLine(new SimulatorMain()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    try (LineSimulation line = line();
        RtspServer server = server(line)) {
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "close-rtsp"));
      System.out.println("READY " + String.join(" ", server.addresses()));
      System.out.flush();
      obey(line);
      return 0;
    }
  }

  private LineSimulation line() {
    try {
      return LineSimulation.create(cameras, seed, truth);
    } catch (IllegalArgumentException e) {
      throw wrong(e);
    } catch (IOException e) {
      throw wrong("truth: can't write to " + truth + ": " + reason(e));
    }
  }

  private static String reason(IOException e) {
    String told = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
    return told == null ? e.getClass().getSimpleName() : told;
  }

  private RtspServer server(LineSimulation line) {
    try {
      return RtspServer.start(port, line.cameras(), fps, credentials());
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw wrong(e);
    }
  }

  private static void obey(LineSimulation line) throws IOException {
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String text = commands.readLine(); text != null; text = commands.readLine()) {
      try {
        InjectCommand command = InjectCommand.parse(text);
        line.injectBetween(
            command.fromMillis() * 1000, command.untilMillis() * 1000, command.count());
      } catch (IllegalArgumentException e) {
        // Not logged: without a configuration of logging nobody would see a warning.
        System.err.println("a line of standard input was left out: " + e.getMessage());
      }
    }
  }

  private @Nullable RtspCredentials credentials() {
    if (user == null && passwordRef == null) {
      return null;
    }
    if (user == null || passwordRef == null) {
      throw wrong("--user and --password-ref go together");
    }
    // The reference is not shown: it could be the password itself, given by mistake.
    if (!passwordRef.startsWith(ENVIRONMENT)) {
      throw wrong("--password-ref must look like env:NAME");
    }
    String password = System.getenv(passwordRef.substring(ENVIRONMENT.length()));
    if (password == null || password.isEmpty()) {
      throw wrong("--password-ref names an environment variable that is not set");
    }
    return new RtspCredentials(user, password);
  }

  private ParameterException wrong(RuntimeException e) {
    return wrong(String.valueOf(e.getMessage()));
  }

  private ParameterException wrong(String message) {
    CommandLine commandLine = spec == null ? new CommandLine(this) : spec.commandLine();
    return new ParameterException(commandLine, message);
  }
}

package io.andon.quickstart;

import static org.awaitility.Awaitility.await;

import io.andon.broker.FreePorts;
import io.andon.contracts.Topics;
import io.andon.quickstart.process.ChildProcess;
import io.andon.quickstart.process.StartException;
import io.andon.quickstart.process.Supervisor;
import io.andon.quickstart.process.SupervisorListener;
import io.andon.quickstart.scoreboard.Board;
import io.andon.quickstart.scoreboard.Outcome;
import io.andon.quickstart.screen.CameraRow;
import io.andon.quickstart.screen.Screen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** All parts of the demo under a supervisor, on free ports, without its terminal. */
final class Pipeline implements AutoCloseable, SupervisorListener {
  // The demo's own: with half of it a line is judged by too little to be quiet for sure.
  private static final Duration WARM_UP = Duration.ofSeconds(45);

  private static final int FPS = 10;

  private final Ports ports;
  private final Supervisor supervisor;
  private final TruthFile truth;
  private final Board board = new Board();
  private final List<String> restarted = new CopyOnWriteArrayList<>();

  @SuppressWarnings("NullAway.Init") // once the broker runs
  private EventFeed feed;

  @SuppressWarnings("NullAway.Init")
  private TopicTail incidents;

  private Pipeline(RunFolder folder, Ports ports) throws IOException {
    this.ports = ports;
    this.truth = new TruthFile(folder.truth());
    this.supervisor = new Supervisor(folder.logs(), this, InstantSource.system());
  }

  static Pipeline start(Path root) throws IOException, StartException, InterruptedException {
    RunFolder folder = RunFolder.prepare(root);
    Pipeline pipeline = new Pipeline(folder, freePorts(FreePorts.take(6)));
    try {
      pipeline.startParts(folder);
      return pipeline;
    } catch (StartException | IOException e) {
      pipeline.close();
      throw e;
    }
  }

  private void startParts(RunFolder folder)
      throws IOException, StartException, InterruptedException {
    supervisor.start(Parts.simulator(folder, ports, FPS));
    Path job = ServiceFiles.job(folder, ports, models(), WARM_UP);
    supervisor.start(Parts.job(folder, ports, job));
    Path ingest = ServiceFiles.ingest(folder, ports, Parts.simulatedCameras(ports), FPS);
    supervisor.start(Parts.ingest(ports, ingest, Map.of()));
    feed = EventFeed.start(bootstrapServers(), board, new QuietScreen(), InstantSource.system());
    incidents = new TopicTail(bootstrapServers(), Topics.INCIDENTS);
  }

  private static Path models() {
    String configured = System.getenv("ANDON_MODELS");
    Path models = configured == null ? Path.of("../../.cache/models") : Path.of(configured);
    if (!Files.isDirectory(models)) {
      throw new IllegalStateException("no models in " + models + "; run 'make model' first");
    }
    return models.toAbsolutePath().normalize();
  }

  private static Ports freePorts(List<Integer> free) {
    return new Ports(free.get(0), free.get(1), free.get(2), free.get(3), free.get(4), free.get(5));
  }

  Ports ports() {
    return ports;
  }

  String bootstrapServers() {
    return ports.bootstrapServers();
  }

  Board board() {
    return board;
  }

  boolean warmedUp() {
    return board.warmedUp(Parts.SIMULATED.size());
  }

  void inject(Schedule schedule) throws IOException {
    child(Parts.SIMULATOR).send(schedule.command());
  }

  Outcome outcome() {
    try {
      truth.news().forEach(board::injected);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return board.outcome(System.currentTimeMillis() * 1000);
  }

  /** Every event of the incidents topic so far. */
  List<ConsumerRecord<byte[], byte[]>> incidents() {
    return incidents.records();
  }

  /** Waits for more frames to be scored. */
  boolean framesGoOn() {
    long before = board.frames();
    await("frames go on").atMost(Duration.ofMinutes(3)).until(() -> board.frames() >= before + 20);
    return true;
  }

  /** What a part has said so far. */
  String log(String name) throws IOException {
    return Files.readString(supervisor.logFile(name));
  }

  ChildProcess child(String name) {
    return supervisor.child(name).orElseThrow();
  }

  List<String> restarted() {
    return restarted;
  }

  @Override
  public void progress(String message) {
    System.out.println(message);
  }

  @Override
  public void restarted(String child) {
    restarted.add(child);
  }

  @Override
  public void gaveUp(String child, String why) {
    System.out.println(child + ": " + why);
  }

  @Override
  public void close() {
    if (incidents != null) {
      incidents.close();
    }
    if (feed != null) {
      feed.close();
    }
    supervisor.close();
  }

  /** Prints what happens and no table. */
  private static final class QuietScreen implements Screen {
    @Override
    public void status(String headline, List<CameraRow> cameras) {}

    @Override
    public void clearStatus() {}

    @Override
    public boolean isGone() {
      return false;
    }

    @Override
    public Duration statusEvery() {
      return Duration.ofDays(1);
    }

    @Override
    public void event(String line) {
      System.out.println(line);
    }
  }
}

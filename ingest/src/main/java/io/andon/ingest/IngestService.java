package io.andon.ingest;

import io.andon.contracts.ClockSource;
import io.andon.ingest.camera.CameraPhase;
import io.andon.ingest.camera.CameraStatus;
import io.andon.ingest.camera.CameraStreams;
import io.andon.ingest.camera.CameraWorker;
import io.andon.ingest.camera.PlayNumbers;
import io.andon.ingest.camera.ReconnectWaits;
import io.andon.ingest.kafka.FrameSender;
import io.andon.ingest.kafka.HealthSender;
import io.andon.ingest.metrics.IngestMeters;
import io.andon.ingest.metrics.ProcessMeters;
import io.andon.ingest.overload.OverloadPolicy;
import io.andon.ingest.overload.ScoreWatch;
import io.andon.ingest.server.HealthServer;
import io.andon.ingest.server.ServiceHealth;
import io.andon.ingest.settings.CameraConfig;
import io.andon.ingest.settings.IngestConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running service: a thread for each camera, one that sends frames and one that sends faults by
 * the same producer, one watch on scores, one HTTP server. Closing takes at most {@link
 * #STOP_LIMIT}.
 */
public final class IngestService implements ServiceHealth, AutoCloseable {
  /** The longest that {@link #close} takes. */
  public static final Duration STOP_LIMIT = Duration.ofMillis(4500);

  private static final Logger LOG = LoggerFactory.getLogger(IngestService.class);
  private static final Duration CAMERAS_LIMIT = Duration.ofMillis(1500);
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(1);
  private static final Duration FAULTS_LIMIT = Duration.ofMillis(300);
  private static final Duration FLUSH_LIMIT = Duration.ofMillis(1500);

  /** The first threads, which end when all that waits is sent. */
  private static final int SENDERS = 2;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ProcessMeters process;
  private final CompletableFuture<Void> failure = new CompletableFuture<>();
  private final List<CameraWorker> workers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Producer<byte[], byte[]> producer;
  private final FrameSender sender;
  private final HealthSender health;
  private final ScoreWatch scores;
  private final HealthServer server;
  private boolean closed;

  private IngestService(
      IngestConfig config,
      CameraStreams streams,
      Producer<byte[], byte[]> producer,
      Consumer<byte[], byte[]> scores,
      InstantSource clock)
      throws IOException {
    this.producer = producer;
    process = new ProcessMeters(registry, clock);
    IngestMeters meters = new IngestMeters(registry);
    OverloadPolicy overload = new OverloadPolicy(config.overload(), System::nanoTime);
    meters.overload(() -> overload.lagMillis() / 1e3, overload::share);
    sender = new FrameSender(config.kafka(), config.cameras(), producer, meters, overload, clock);
    threads.add(thread("sender", sender));
    health = new HealthSender(config.kafka(), producer, meters, clock);
    threads.add(thread("faults", health));
    this.scores = watch(config, scores, overload, meters);
    PlayNumbers plays = new PlayNumbers(clock);
    for (CameraConfig camera : config.cameras()) {
      CameraRelay relay = new CameraRelay(camera, workers.size(), sender, health, meters, clock);
      CameraWorker worker =
          new CameraWorker(
              camera, streams, relay, plays, ReconnectWaits.of(camera), clock, System::nanoTime);
      meters.camera(camera.id(), () -> isUp(worker), () -> usesSenderClock(worker));
      workers.add(worker);
      threads.add(thread("camera-" + camera.id(), worker));
    }
    server = HealthServer.start(config.server(), this, registry::scrape);
  }

  /**
   * Starts the service; cameras and broker are connected to in the background.
   *
   * @param config its configuration
   * @param streams connects to cameras
   * @param producer producer of its own; closed with the service
   * @param scores consumer of its own that tells the job's lag, closed with the service
   * @param clock wall clock
   * @throws IOException if the HTTP port can't be had
   */
  public static IngestService start(
      IngestConfig config,
      CameraStreams streams,
      Producer<byte[], byte[]> producer,
      Consumer<byte[], byte[]> scores,
      InstantSource clock)
      throws IOException {
    IngestService service = new IngestService(config, streams, producer, scores, clock);
    service.threads.forEach(Thread::start);
    LOG.info(
        "ingest started: {} cameras, health and metrics on port {}",
        config.cameras().size(),
        service.port());
    return service;
  }

  private ScoreWatch watch(
      IngestConfig config,
      Consumer<byte[], byte[]> consumer,
      OverloadPolicy overload,
      IngestMeters meters) {
    Set<String> cameras =
        config.cameras().stream().map(CameraConfig::id).collect(Collectors.toUnmodifiableSet());
    ScoreWatch watch = new ScoreWatch(consumer, config.overload().scoresTopic(), cameras, overload);
    threads.add(thread("scores", watch));
    meters.scoresReadable(watch::isReadable);
    return watch;
  }

  private Thread thread(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler(
        (died, error) -> {
          LOG.error("thread {} died", died.getName(), error);
          failure.completeExceptionally(error);
        });
    return thread;
  }

  private static boolean isUp(CameraWorker worker) {
    return worker.status().phase() == CameraPhase.STREAMING;
  }

  private static boolean usesSenderClock(CameraWorker worker) {
    CameraStatus status = worker.status();
    return status.phase() == CameraPhase.STREAMING && status.clock() == ClockSource.SENDER;
  }

  /** The port of health and metrics. */
  public int port() {
    return server.port();
  }

  /** Completes exceptionally if a thread of the service dies; such a process is to be restarted. */
  public CompletableFuture<Void> failure() {
    return failure;
  }

  @Override
  public boolean isAlive() {
    return threads.stream().allMatch(Thread::isAlive);
  }

  @Override
  public boolean isKafkaConnected() {
    // With no frame to send only those who are asked for scores tell that they went away.
    return sender.isConnected() && (sender.tookLately() || scores.brokersAnswer());
  }

  @Override
  public Map<String, CameraStatus> cameras() {
    Map<String, CameraStatus> statuses = new LinkedHashMap<>();
    workers.forEach(worker -> statuses.put(worker.camera().id(), worker.status()));
    return statuses;
  }

  @Override
  public Map<String, Long> gatedFrames() {
    Map<String, Long> frames = new LinkedHashMap<>();
    for (int lane = 0; lane < workers.size(); lane++) {
      frames.put(workers.get(lane).camera().id(), sender.gatedFrames(lane));
    }
    return frames;
  }

  /** Ends the cameras, sends what waits, closes the producer, each with a limit of its own. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    LOG.info("ingest stops");
    workers.forEach(CameraWorker::close);
    scores.close();
    try {
      joinCameras();
      sender.drain(DRAIN_LIMIT);
      health.drain(FAULTS_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close(FLUSH_LIMIT);
    server.close();
    process.close();
    LOG.info("ingest stopped");
  }

  private void joinCameras() throws InterruptedException {
    long deadlineNanos = System.nanoTime() + CAMERAS_LIMIT.toNanos();
    for (Thread thread : threads.subList(SENDERS, threads.size())) {
      long leftMillis = (deadlineNanos - System.nanoTime()) / 1_000_000;
      thread.join(Math.max(1, leftMillis));
      if (thread.isAlive()) {
        LOG.warn("{} did not end within {} ms", thread.getName(), CAMERAS_LIMIT.toMillis());
      }
    }
  }
}

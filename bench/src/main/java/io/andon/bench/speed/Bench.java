package io.andon.bench.speed;

import io.andon.bench.speed.ScoreTail.Arrival;
import io.andon.bench.speed.limit.ModelLimit;
import io.andon.broker.EmbeddedBroker;
import io.andon.contracts.TopicSpec;
import io.andon.contracts.Topics;
import io.andon.embedding.EmbedderFactory;
import io.andon.embedding.EmbedderLease;
import io.andon.embedding.model.Model;
import io.andon.embedding.picture.JpegPictureDecoder;
import io.andon.ingest.kafka.TopicSetup;
import io.andon.job.config.JobAssembly;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Broker, load, limits and all contenders in one process on the same cores. The model is loaded
 * once; whoever has no load just now waits for records.
 */
final class Bench implements AutoCloseable {
  /**
   * Load before an open-loop run is measured: a rate that is new to the process has the compilers
   * work for some ten seconds, and a job runs for months.
   */
  private static final int SETTLING_SECONDS = 15;

  private static final int IDLE_SECONDS = 6;
  private static final int ENDING_SECONDS = 6;
  private static final Duration COMMIT_PATIENCE = Duration.ofSeconds(30);
  private static final long POLL_MILLIS = 200;

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Pictures pictures;
  private final EmbeddedBroker broker;
  private final FrameLoad load;
  private final EmbedderLease lease;
  private final Meter meter = new Meter();
  private final EmbedderFactory embedders;
  private final Path models;
  private final Path folder;
  private final int port;
  private final Map<Contender, RunningJob> jobs = new EnumMap<>(Contender.class);
  private final Map<Contender, ScoreTail> tails = new EnumMap<>(Contender.class);

  /**
   * Starts everything.
   *
   * @param embedders finds the one model of all contenders
   * @param models directory of the models
   * @param folder for the broker's data and checkpoints
   * @param port first of the ports taken
   */
  Bench(Set<Contender> contenders, EmbedderFactory embedders, Path models, Path folder, int port)
      throws Exception {
    this.embedders = embedders;
    this.models = models;
    this.folder = folder;
    this.port = port;
    pictures = Pictures.render(1);
    broker = opened(EmbeddedBroker.start(folder.resolve("broker"), port, port + 1));
    createTopics();
    load = opened(new FrameLoad(broker.bootstrapServers(), pictures));
    lease = opened(embedders.acquire());
    for (Contender contender : contenders) {
      start(contender);
      tails.put(contender, opened(new ScoreTail(broker.bootstrapServers(), contender.scores())));
    }
  }

  private void start(Contender contender) throws Exception {
    JobAssembly assembly =
        RunningJob.assembly(
            contender, broker.bootstrapServers(), models, folder, port + 2 + contender.number());
    jobs.put(contender, RunningJob.start(contender, assembly, embedders, folder));
  }

  /**
   * Leaves one contender alone: what the others do while they wait, their checkpoints above all, is
   * no part of its latency. One that was ended before is started again where it ended, with nothing
   * learnt.
   */
  void only(Contender contender) throws Exception {
    for (Map.Entry<Contender, RunningJob> other : List.copyOf(jobs.entrySet())) {
      if (other.getKey() != contender) {
        awaitCommitted(other.getKey());
        jobs.remove(other.getKey());
        other.getValue().close();
      }
    }
    if (!jobs.containsKey(contender)) {
      start(contender);
    }
    // The clusters of the others end on threads of their own after their jobs have.
    TimeUnit.SECONDS.sleep(ENDING_SECONDS);
  }

  /** A job that is started again begins behind the last frame that a checkpoint has seen. */
  private void awaitCommitted(Contender contender) throws Exception {
    long deadline = System.nanoTime() + COMMIT_PATIENCE.toNanos();
    try (Admin admin = admin()) {
      while (uncommitted(admin, contender) > 0) {
        if (System.nanoTime() > deadline) {
          throw new InvalidRunException(contender + " has committed no offsets at its end");
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
    }
  }

  private static long uncommitted(Admin admin, Contender contender) throws Exception {
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin
            .listConsumerGroupOffsets(RunningJob.group(contender))
            .partitionsToOffsetAndMetadata()
            .get();
    long missing = 0;
    for (Map.Entry<TopicPartition, Long> end : ends(admin, contender.frames()).entrySet()) {
      OffsetAndMetadata at = committed.get(end.getKey());
      missing += end.getValue() - (at == null ? 0 : at.offset());
    }
    return missing;
  }

  private static Map<TopicPartition, Long> ends(Admin admin, String topic) throws Exception {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    for (TopicDescription description :
        admin.describeTopics(List.of(topic)).allTopicNames().get().values()) {
      description
          .partitions()
          .forEach(p -> asked.put(new TopicPartition(topic, p.partition()), OffsetSpec.latest()));
    }
    Map<TopicPartition, Long> ends = new HashMap<>();
    admin.listOffsets(asked).all().get().forEach((p, info) -> ends.put(p, info.offset()));
    return ends;
  }

  /** Ports taken from the first one on. */
  static int ports() {
    return 2 + Contender.values().length;
  }

  private <T extends AutoCloseable> T opened(T resource) {
    open.push(resource);
    return resource;
  }

  private void createTopics() throws Exception {
    List<TopicSpec> topics = new ArrayList<>(Topics.all());
    for (Contender contender : Contender.values()) {
      topics.addAll(contender.topics());
    }
    try (Admin admin = admin()) {
      new TopicSetup(admin).create(topics, (short) 1, false);
    }
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  /** The model's own limit on the same pictures; to be closed before the bench. */
  ModelLimit limit(Model model) throws IOException {
    return ModelLimit.open(
        model, lease.embedder(), new JpegPictureDecoder(), pictures, callers(), meter);
  }

  Pictures pictures() {
    return pictures;
  }

  /** Learns what waiting costs, once everything is compiled; CPU time before counts it in. */
  double calibrate() throws Exception {
    return meter.calibrate(IDLE_SECONDS);
  }

  /** Arithmetic of the model, of limits and job alike. */
  String precision() {
    return lease.embedder().space().precision();
  }

  /** Calls of the model side by side, of limits and job alike. */
  int callers() {
    return lease.embedder().parallelCalls();
  }

  /** Frames put on Kafka at once, until the last score is back. */
  Effort burst(Contender contender, int frames) throws Exception {
    return burst(contender, frames, arrival -> {});
  }

  Effort burst(Contender contender, int frames, Consumer<Arrival> seen) throws Exception {
    Meter.Watch watch = meter.start();
    Future<?> sending = load.burst(contender.frames(), frames);
    List<Arrival> arrivals = arrivals(contender, frames, sending);
    Effort effort = watch.stop(frames);
    sending.get();
    job(contender).requireRunning();
    arrivals.forEach(seen);
    return effort;
  }

  /** Latencies of frames sent at a steady rate whatever the contender does. */
  OpenLoop steady(Contender contender, double framesPerSecond, int seconds) throws Exception {
    int settling = (int) (framesPerSecond * SETTLING_SECONDS);
    int frames = settling + (int) (framesPerSecond * seconds);
    Future<?> sending = load.steady(contender.frames(), framesPerSecond, frames);
    List<Arrival> arrivals = arrivals(contender, frames, sending);
    sending.get();
    job(contender).requireRunning();
    return OpenLoop.of(framesPerSecond, arrivals.subList(settling, frames));
  }

  private List<Arrival> arrivals(Contender contender, int frames, Future<?> sending)
      throws Exception {
    return job(contender).take(scores(contender), frames, sending);
  }

  private RunningJob job(Contender contender) {
    return known(jobs.get(contender), contender);
  }

  private ScoreTail scores(Contender contender) {
    return known(tails.get(contender), contender);
  }

  private static <T> T known(@Nullable T value, Contender contender) {
    if (value == null) {
      throw new IllegalArgumentException(contender + " doesn't run");
    }
    return value;
  }

  /**
   * Makes sure that nothing was set aside or scored beyond what was measured.
   *
   * @throws InvalidRunException if any frame was
   */
  void requireNothingElse() throws Exception {
    for (ScoreTail tail : tails.values()) {
      tail.requireNoMore();
    }
    try (Admin admin = admin()) {
      long records =
          ends(admin, Topics.DEAD_LETTER).values().stream().mapToLong(Long::longValue).sum();
      if (records > 0) {
        throw new InvalidRunException(records + " frames were set aside");
      }
    }
  }

  @Override
  public void close() {
    jobs.values().forEach(open::push);
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        // The figures are there already; what is left open ends with the process.
        System.err.println("bench: closing: " + e);
      }
    }
  }
}

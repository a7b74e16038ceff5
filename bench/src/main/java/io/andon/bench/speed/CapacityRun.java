package io.andon.bench.speed;

import io.andon.broker.EmbeddedBroker;
import io.andon.contracts.TopicSpec;
import io.andon.contracts.Topics;
import io.andon.embedding.EmbedderFactory;
import io.andon.ingest.kafka.TopicSetup;
import io.andon.job.AndonTopology;
import io.andon.job.config.JobAssembly;
import io.andon.job.config.JobConfig;
import io.andon.job.kafka.KafkaEnds;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

/** The job with one number of cameras and one place for its state, over recorded embeddings. */
final class CapacityRun {
  /** Frames put on Kafka at once while detectors warm up. */
  private static final int CHUNK = 4_000;

  private static final int COLLECTIONS = 4;
  private static final long FINALIZING_MILLIS = 250;
  private static final int ROUNDS = 3;
  private static final int IDLE_SECONDS = 5;
  private static final int ENDING_SECONDS = 60;
  private static final long POLL_MILLIS = 100;
  private static final int MANAGED_MEBIBYTES = 256;

  private final CapacityCase what;
  private final EmbeddedBroker broker;
  private final Path folder;
  private final int metricsPort;
  private final Plan plan;

  /**
   * @param folder for checkpoints
   */
  CapacityRun(CapacityCase what, EmbeddedBroker broker, Path folder, int metricsPort, Plan plan) {
    this.what = what;
    this.broker = broker;
    this.folder = folder;
    this.metricsPort = metricsPort;
    this.plan = plan;
  }

  /**
   * What all cases have in common.
   *
   * @param warmUpFrames frames of each camera before anything is measured
   * @param checkpointInterval time between checkpoints
   * @param heapBefore bytes of heap before the first job
   */
  record Plan(int warmUpFrames, Duration checkpointInterval, long heapBefore) {}

  /** What was measured. */
  record Figures(
      CapacityCase what,
      Effort effort,
      Map<Stage, Double> cpuMillisByStage,
      double heapMebibytes,
      double checkpointMebibytes,
      double checkpointSeconds) {}

  Figures measure(EmbedderFactory embedders, Pictures pictures, Path models) throws Exception {
    String frames = Topics.FRAMES + "." + what.key();
    String scores = Topics.SCORES + "." + what.key();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      List<TopicSpec> topics = new ArrayList<>(Topics.all());
      topics.add(Topics.find(Topics.FRAMES).orElseThrow().withName(frames));
      topics.add(Topics.find(Topics.SCORES).orElseThrow().withName(scores));
      new TopicSetup(admin)
          .create(new TopicSetup(admin).compare(topics).missing(), (short) 1, false);
      JobAssembly assembly = assembly(frames, scores, models);
      KafkaEnds ends = new KafkaEnds(assembly.kafka(), Clock.systemUTC());
      AndonTopology topology =
          new AndonTopology(assembly.settings(), ends, embedders, MeasuredDecoder::new);
      try (StageSamples samples = new StageSamples();
          FrameLoad load = new FrameLoad(broker.bootstrapServers(), pictures);
          RunningJob job =
              RunningJob.start(
                  what.key(), 1, assembly, topology::addTo, MANAGED_MEBIBYTES, folder);
          ScoreTail tail = new ScoreTail(broker.bootstrapServers(), scores)) {
        return measure(new Parts(frames, samples, load, job, tail));
      } finally {
        admin.deleteTopics(List.of(frames, scores)).all().get();
        awaitEnd();
      }
    }
  }

  /** A job's cluster ends on threads of its own after the job has, its metrics at the last. */
  private void awaitEnd() throws InterruptedException, InvalidRunException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(ENDING_SECONDS);
    while (!Requirements.isFree(metricsPort)) {
      if (System.nanoTime() > deadline) {
        throw new InvalidRunException(
            "the job with " + what.key() + " still runs, " + ENDING_SECONDS + " s after its end");
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private record Parts(
      String frames, StageSamples samples, FrameLoad load, RunningJob job, ScoreTail tail) {
    Effort burst(Meter meter, int count) throws Exception {
      Meter.Watch watch = meter.start();
      Future<?> sending = load.burst(frames, count);
      job.take(tail, count, sending);
      Effort effort = watch.stop(count);
      sending.get();
      job.requireRunning();
      return effort;
    }
  }

  private Figures measure(Parts parts) throws Exception {
    Meter meter = new Meter();
    // Before there is any state: what checkpoints and collections of a large one cost is work.
    meter.calibrate(IDLE_SECONDS);
    for (int left = what.cameras() * plan.warmUpFrames; left > 0; left -= CHUNK) {
      parts.burst(meter, Math.min(CHUNK, left));
    }
    List<Effort> efforts = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      efforts.add(parts.burst(meter, what.frames()));
    }
    efforts.sort(Comparator.comparingDouble(Effort::cpuMillis));
    Instant from = Instant.now();
    CpuLedger before = CpuLedger.now();
    Effort profiled = parts.burst(meter, what.frames());
    CpuLedger after = CpuLedger.now();
    parts.samples().keep(from, Instant.now());
    parts.tail().requireNoMore();
    Map<Stage, Double> stages = after.cpuMillisSince(before, parts.samples());
    stages.replaceAll((stage, millis) -> millis / profiled.frames());
    FlinkFigures flink = new FlinkFigures(metricsPort);
    flink.awaitCheckpoint();
    return new Figures(
        what,
        efforts.get(ROUNDS / 2),
        stages,
        (heapBytes() - plan.heapBefore) / 1024.0 / 1024.0,
        flink.value(FlinkFigures.CHECKPOINT_BYTES) / (1 << 20),
        flink.value(FlinkFigures.CHECKPOINT_MILLIS) / 1e3);
  }

  private JobAssembly assembly(String frames, String scores, Path models) throws Exception {
    String yaml =
        """
        kafka: {bootstrapServers: "%s", groupId: "capacity-%s", topics: {andon.frames: "%s", andon.scores: "%s"}}
        model: {directory: "%s"}
        detection: {warmUpMillis: 10000, warmUpFrames: %d, maxLiveCameras: %d}
        flink: {checkpointIntervalMillis: %d, checkpointDirectory: "%s", stateBackend: %s}
        metrics: {port: %d}
        """
            .formatted(
                broker.bootstrapServers(),
                what.key(),
                frames,
                scores,
                models.toAbsolutePath(),
                CapacityCommand.LEAST_WARM_UP_FRAMES,
                what.liveCameras(),
                plan.checkpointInterval.toMillis(),
                folder.resolve("checkpoints-" + what.key()).toUri(),
                what.stateBackend(),
                metricsPort);
    return new JobAssembly(JobConfig.parse(yaml, "capacity"), Clock.systemUTC());
  }

  /**
   * What is left on the heap when all that is free was collected. A job that has ended goes only
   * with the collection after the one that has its finalizers run.
   */
  static long heapBytes() throws InterruptedException {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(FINALIZING_MILLIS);
    }
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}

package io.andon.bench.speed;

import io.andon.bench.speed.peer.AsyncBatches;
import io.andon.bench.speed.peer.PeerTopology;
import io.andon.bench.speed.peer.PeerTopology.EmbeddingStage;
import io.andon.bench.speed.peer.PerRecord;
import io.andon.bench.speed.peer.PublishedExample;
import io.andon.bench.speed.peer.Windows;
import io.andon.contracts.TopicSpec;
import io.andon.contracts.Topics;
import io.andon.embedding.EmbedderFactory;
import io.andon.embedding.flink.PictureDecoderFactory;
import io.andon.job.AndonTopology;
import io.andon.job.config.JobAssembly;
import io.andon.job.kafka.KafkaEnds;
import java.time.Clock;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A topology that is measured. All share source, detection, sinks and model, all but {@link
 * #AS_PUBLISHED} the decoder, and each has topics of its own.
 */
enum Contender {
  /** The job as it is delivered. */
  ANDON(0, "andon", 1),
  /** A prediction for each record by the job's own decoder and embedder, one subtask. */
  PER_RECORD(1, "per-record", 1),
  /** The same with a subtask for each core. */
  PER_RECORD_TUNED(2, "per-record, a subtask a core", 0),
  /** Async I/O with batches. */
  ASYNC(3, "async I/O, batches", 1),
  /** Windows, a subtask for each core. */
  WINDOWS(4, "windows, a subtask a core", 0),
  /** A prediction for each record as DJL's examples write it, with its decoder and scaling too. */
  AS_PUBLISHED(5, "as published examples do it, a subtask a core", 0);

  /** Pictures a batch of the peers; with fewer they are no faster. */
  private static final int MAX_BATCH = 8;

  private final int number;
  private final String label;
  private final int subtasks;

  Contender(int number, String label, int subtasks) {
    this.number = number;
    this.label = label;
    this.subtasks = subtasks;
  }

  /** Which of all it is, from 0. */
  int number() {
    return number;
  }

  String label() {
    return label;
  }

  /** Key in the figures. */
  String key() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  int parallelism() {
    return subtasks > 0 ? subtasks : Runtime.getRuntime().availableProcessors();
  }

  /** Its own topic of frames. */
  String frames() {
    return Topics.FRAMES + "." + key();
  }

  /** Its own topic of scores. */
  String scores() {
    return Topics.SCORES + "." + key();
  }

  /** Its own topics, as specified but for their names. */
  List<TopicSpec> topics() {
    return List.of(
        Topics.find(Topics.FRAMES).orElseThrow().withName(frames()),
        Topics.find(Topics.SCORES).orElseThrow().withName(scores()));
  }

  void addTo(StreamExecutionEnvironment env, JobAssembly assembly, EmbedderFactory embedders)
      throws Exception {
    KafkaEnds ends = new KafkaEnds(assembly.kafka(), Clock.systemUTC());
    if (this == ANDON) {
      new AndonTopology(assembly.settings(), ends, embedders, MeasuredDecoder::new).addTo(env);
    } else {
      new PeerTopology(assembly.settings(), ends, stage(assembly, embedders)).addTo(env);
    }
  }

  private EmbeddingStage stage(JobAssembly assembly, EmbedderFactory embedders) {
    PictureDecoderFactory decoders = MeasuredDecoder::new;
    return switch (this) {
      case ASYNC ->
          new AsyncBatches(
              embedders, decoders, MAX_BATCH, Runtime.getRuntime().availableProcessors());
      case WINDOWS -> new Windows(embedders, decoders, MAX_BATCH);
      case AS_PUBLISHED -> new PublishedExample(embedders, assembly.embedders().modelDirectory());
      default -> new PerRecord(embedders, decoders);
    };
  }
}

package io.andon.job.config;

import io.andon.config.ConfigException.Problem;
import io.andon.contracts.Topics;
import io.andon.embedding.flink.EmbedSettings;
import io.andon.embedding.model.Model;
import io.andon.embedding.model.ModelRefusedException;
import io.andon.embedding.model.ModelStore;
import io.andon.embedding.picture.JpegPictureDecoder;
import io.andon.embedding.tensorflow.DeviceChoice;
import io.andon.embedding.tensorflow.Precision;
import io.andon.embedding.tensorflow.TensorFlowEmbedderFactory;
import io.andon.embedding.tensorflow.TensorFlowSettings;
import io.andon.job.AndonTopology;
import io.andon.job.JobEnds;
import io.andon.job.JobSettings;
import io.andon.job.archive.ArchiveSettings;
import io.andon.job.detect.DetectSettings;
import io.andon.job.detect.DetectorOptions;
import io.andon.job.frames.FrameBounds;
import io.andon.job.kafka.KafkaEnds;
import io.andon.job.kafka.KafkaSettings;
import io.andon.job.metrics.MicrometerReporterFactory;
import io.andon.kafka.KafkaConnection;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.StateBackendOptions;
import org.jspecify.annotations.Nullable;

/** Turns a configuration into what runs. */
public final class JobAssembly {
  private final JobConfig config;
  private final Clock clock;

  /**
   * @param config valid configuration
   * @param clock the wall clock; serializable
   */
  public JobAssembly(JobConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  /** Where Kafka is; secrets in it are references. */
  public KafkaSettings kafka() {
    JobConfig.Kafka kafka = config.kafka();
    return new KafkaSettings(
        new KafkaConnection(
            kafka.bootstrapServers(), kafka.security(), kafka.properties(), kafka.secrets()),
        kafka.groupId(),
        kafka.topics(),
        kafka.topics().getOrDefault(Topics.FRAMES, Topics.FRAMES),
        kafka.topics().getOrDefault(Topics.CONTROL, Topics.CONTROL),
        kafka.delivery() == JobConfig.Delivery.EXACTLY_ONCE,
        kafka.transactionalIdPrefix(),
        Duration.ofMillis(kafka.transactionTimeoutMillis()));
  }

  /** Every secret and file of Kafka's that the configuration points to and this process lacks. */
  public List<Problem> unusableSecrets() {
    return kafka().connection().unusable("kafka.security", "kafka.secrets");
  }

  /** Why the model can't be used; nothing if it can, as far as its descriptor and files tell. */
  public List<String> modelProblems() {
    try {
      return ModelFit.problems(model().descriptor());
    } catch (ModelRefusedException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  private Model model() {
    JobConfig.Model model = config.model();
    ModelStore store =
        model.directory() == null
            ? ModelStore.of(System.getenv())
            : new ModelStore(Path.of(model.directory()));
    return store.open(model.id());
  }

  /**
   * The model's factory; the model itself is loaded on the workers.
   *
   * @throws ModelRefusedException with all reasons, if the model is missing or isn't what its
   *     descriptor says
   */
  public TensorFlowEmbedderFactory embedders() {
    JobConfig.Model model = config.model();
    return TensorFlowEmbedderFactory.of(
        new TensorFlowSettings(
            model(),
            Precision.valueOf(model.precision().name()),
            DeviceChoice.valueOf(model.device().name()),
            model.maxBatch(),
            model.threads(),
            new JpegPictureDecoder().name()));
  }

  /** The topology on Kafka and the configured model. */
  public AndonTopology topology() {
    JobEnds ends = new KafkaEnds(kafka(), clock);
    return new AndonTopology(settings(), ends, embedders(), JpegPictureDecoder::new);
  }

  /** What shapes the topology. */
  public JobSettings settings() {
    JobConfig.Frames frames = config.frames();
    return new JobSettings(
        new FrameBounds(
            frames.maxRecordBytes(),
            Duration.ofMillis(frames.maxAheadMillis()),
            Duration.ofMillis(frames.maxBehindMillis())),
        Duration.ofMillis(frames.disorderMillis()),
        Duration.ofMillis(frames.idleMillis()),
        embed(),
        detect(),
        config.embeddings(),
        clock);
  }

  private EmbedSettings embed() {
    EmbedSettings defaults = EmbedSettings.defaults();
    return new EmbedSettings(
        config.frames().maxInFlight(),
        defaults.maxBytesInFlight(),
        config.model().maxBatch(),
        config.model().parallelBatches(),
        config.model().decodeThreads(),
        Duration.ofMillis(config.frames().flushDeadlineMillis()));
  }

  private DetectSettings detect() {
    JobConfig.Detection detection = config.detection();
    return new DetectSettings(
        config.kafka().topics().getOrDefault(Topics.FRAMES, Topics.FRAMES),
        new DetectorOptions(
            detection.falseAlarmsPerDay(),
            detection.warmUpMillis(),
            detection.warmUpFrames(),
            detection.learnDelayMillis(),
            detection.silenceMillis(),
            detection.sceneAdoptMillis(),
            detection.cycles() == JobConfig.Cycles.AUTO,
            detection.profile() == JobConfig.Profile.QUALITY),
        detection.maxLiveCameras(),
        config.metrics().maxLabelledCameras(),
        archive(),
        clock);
  }

  private @Nullable ArchiveSettings archive() {
    JobConfig.Archive archive = config.archive();
    return archive.directory() == null
        ? null
        : new ArchiveSettings(
            archive.directory(),
            archive.intervalMillis(),
            archive.retentionMillis(),
            archive.maxPerCamera());
  }

  /** What the configuration says to Flink itself. */
  public Configuration flink() {
    JobConfig.Flink flink = config.flink();
    Configuration configuration = new Configuration();
    configuration.set(CoreOptions.DEFAULT_PARALLELISM, flink.parallelism());
    configuration.set(
        CheckpointingOptions.CHECKPOINTING_INTERVAL,
        Duration.ofMillis(flink.checkpointIntervalMillis()));
    configuration.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    configuration.set(CheckpointingOptions.ENABLE_UNALIGNED, false);
    if (config.kafka().delivery() == JobConfig.Delivery.EXACTLY_ONCE) {
      TransactionLimits.set(
          configuration,
          config.kafka().transactionTimeoutMillis(),
          flink.checkpointIntervalMillis());
    }
    configuration.set(
        StateBackendOptions.STATE_BACKEND, flink.stateBackend().name().toLowerCase(Locale.ROOT));
    if (flink.checkpointDirectory() != null) {
      configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
      configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, flink.checkpointDirectory());
    }
    addReporter(configuration);
    return configuration;
  }

  /** Counts where the job brings its own cluster; a standing cluster has its own settings. */
  private void addReporter(Configuration configuration) {
    String prefix = "metrics.reporter.andon.";
    configuration.setString(prefix + "factory.class", MicrometerReporterFactory.class.getName());
    configuration.setString(prefix + "host", config.metrics().host());
    configuration.setString(prefix + "port", Integer.toString(config.metrics().port()));
  }
}

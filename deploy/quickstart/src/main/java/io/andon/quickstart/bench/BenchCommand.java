package io.andon.quickstart.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.andon.embedding.model.ModelStore;
import io.andon.embedding.picture.ImageIoPictureDecoder;
import io.andon.embedding.picture.PictureDecoder;
import io.andon.embedding.tensorflow.TensorFlowEmbedder;
import io.andon.embedding.tensorflow.TensorFlowSettings;
import io.andon.job.JobMain;
import io.andon.job.config.JobAssembly;
import io.andon.job.config.JobConfig;
import io.andon.job.metrics.JobMetric;
import io.andon.quickstart.bench.ScoreTail.Arrival;
import io.andon.quickstart.broker.EmbeddedBroker;
import io.andon.quickstart.job.JobProcess;
import io.andon.quickstart.job.LocalFlink;
import io.andon.quickstart.process.ResidentMemory;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Frames on a real broker, through the real job, until the scores are back on Kafka; against the
 * model alone and decoder plus model in the same run. Broker, load and job share the cores.
 */
@Command(name = "bench", mixinStandardHelpOptions = true)
public final class BenchCommand implements Callable<Integer> {
  private static final int CAMERAS = 2;

  @Option(names = "--frames", defaultValue = "1200", description = "backlog: ${DEFAULT-VALUE}")
  private int frames;

  @Option(names = "--seconds", defaultValue = "20", description = "a part: ${DEFAULT-VALUE}")
  private int seconds;

  @Option(names = "--out", description = "JSON file for the figures")
  private @Nullable Path out;

  private final ObjectNode figures = new ObjectMapper().createObjectNode();

  /** Entry point. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new BenchCommand()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    describeMachine();
    Path folder = Files.createTempDirectory("andon-bench");
    int kafka = Integer.parseInt(System.getProperty("andon.bench.port", "19192"));
    EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), kafka, kafka + 1);
    JobProcess.createTopics(broker.bootstrapServers());
    try (FrameLoad load = new FrameLoad(broker.bootstrapServers());
        ScoreTail scores = new ScoreTail(broker.bootstrapServers())) {
      double limit = limits(load.pictures());
      load.backlog(frames);
      JobClient job = start(folder, broker.bootstrapServers(), kafka + 2);
      double reached = throughput(scores.take(frames));
      figure("end_to_end_frames_per_second", reached);
      figure("ratio_to_limit", reached / limit);
      latency(load, scores, reached / 2);
      state();
      job.cancel().get();
    }
    broker.close();
    if (out != null) {
      new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(out.toFile(), figures);
    }
    return 0;
  }

  private void describeMachine() throws Exception {
    String cpu =
        Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 2))
            .findFirst()
            .orElse("unknown");
    figures.put("cpu", cpu);
    figures.put("cores", Runtime.getRuntime().availableProcessors());
    figures.put("java", System.getProperty("java.vm.version"));
    figures.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    figures.put("commit", System.getProperty("andon.commit", "unknown"));
    figures
        .properties()
        .forEach(f -> System.out.println(f.getKey() + ": " + f.getValue().asText()));
  }

  private double limits(List<byte[]> jpegs) throws Exception {
    PictureDecoder decoder = new ImageIoPictureDecoder();
    TensorFlowSettings settings =
        TensorFlowSettings.of(
            ModelStore.of(System.getenv()).open(ModelStore.DEFAULT_MODEL), decoder.name());
    try (TensorFlowEmbedder embedder = TensorFlowEmbedder.open(settings)) {
      ModelLimit limit = new ModelLimit(embedder, decoder, jpegs, seconds / 2.0);
      figure("model_batch_1_frames_per_second", limit.modelAlone(1));
      figure("model_batch_8_frames_per_second", limit.modelAlone(embedder.maxBatch()));
      double withDecoding = limit.withDecoding(embedder.maxBatch());
      figure("model_and_decoder_frames_per_second", withDecoding);
      return withDecoding;
    }
  }

  private static JobClient start(Path folder, String bootstrapServers, int port) throws Exception {
    String yaml =
        """
        kafka: {bootstrapServers: "%s"}
        model: {directory: "%s"}
        flink: {checkpointIntervalMillis: 5000, checkpointDirectory: "%s"}
        metrics: {port: %d}
        """
            .formatted(
                bootstrapServers,
                ModelStore.of(System.getenv()).root().toAbsolutePath(),
                folder.resolve("checkpoints").toUri(),
                port);
    JobAssembly assembly = new JobAssembly(JobConfig.parse(yaml, "bench"), Clock.systemUTC());
    StreamExecutionEnvironment environment =
        new LocalFlink(port + 1, port).environment(assembly.flink(), Optional.empty());
    JobMain.requireStartable(assembly, environment.getParallelism());
    assembly.topology().addTo(environment);
    return environment.executeAsync("bench");
  }

  /** The steady part: the first third of the frames warms the job up. */
  private static double throughput(List<Arrival> arrivals) {
    int first = arrivals.size() / 3;
    long micros =
        arrivals.get(arrivals.size() - 1).arrivedMicros() - arrivals.get(first).arrivedMicros();
    return (arrivals.size() - 1 - first) * 1e6 / micros;
  }

  private void latency(FrameLoad load, ScoreTail scores, double rate) throws InterruptedException {
    int count = (int) (rate * seconds);
    Thread sender = new Thread(() -> load.steady(rate, count), "load");
    sender.start();
    List<Long> micros =
        scores.take(count).stream()
            .map(a -> a.arrivedMicros() - a.capturedMicros())
            .sorted()
            .toList();
    sender.join();
    figure("half_load_frames_per_second", rate);
    figure("p50_ms_at_half_load", micros.get(count / 2) / 1e3);
    figure("p99_ms_at_half_load", micros.get(count * 99 / 100) / 1e3);
  }

  private void state() {
    Gauge written = Metrics.globalRegistry.find(JobMetric.STATE_BYTES.meterName()).gauge();
    figure("state_kib_a_camera", written == null ? Double.NaN : written.value() / CAMERAS / 1_024);
    figure(
        "resident_mib_broker_job_and_load",
        (double) ResidentMemory.mebibytes(ProcessHandle.current().pid()).orElse(0));
  }

  private void figure(String name, double value) {
    double rounded = Math.round(value * 1_000) / 1_000.0;
    figures.put(name, rounded);
    System.out.printf(Locale.ROOT, "%s: %.3f%n", name, rounded);
  }
}

package io.andon.ingest;

import io.andon.config.ConfigException;
import io.andon.ingest.camera.CameraStreams;
import io.andon.ingest.gstreamer.GStreamerCameras;
import io.andon.ingest.kafka.FrameProducers;
import io.andon.ingest.kafka.KafkaProblem;
import io.andon.ingest.kafka.ScoreConsumers;
import io.andon.ingest.settings.IngestConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the service until SIGTERM. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Runs the service until SIGTERM or Ctrl-C.")
final class RunCommand implements Callable<Integer> {
  @Option(names = "--config", required = true, description = "The configuration file (YAML).")
  private Path config = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    try (IngestService service = start()) {
      Runtime.getRuntime().addShutdownHook(new Thread(service::close, "stop"));
      service.failure().get();
      return 0;
    } catch (ConfigException e) {
      err.println(e.getMessage());
      return IngestCommand.UNUSABLE;
    } catch (KafkaException e) {
      err.println("kafka: the producer can't be made: " + KafkaProblem.text(e));
      return IngestCommand.UNUSABLE;
    } catch (IOException e) {
      err.println("server: can't listen: " + e.getMessage());
      return IngestCommand.UNUSABLE;
    } catch (ExecutionException e) {
      err.println("a thread of the service died: " + e.getCause());
      return IngestCommand.FAILED;
    }
  }

  private IngestService start() throws ConfigException, IOException {
    IngestConfig loaded = IngestConfig.load(config);
    CheckCommand.requireSecrets(loaded);
    InstantSource clock = InstantSource.system();
    CameraStreams cameras = GStreamerCameras.load(loaded.cameras(), clock);
    Producer<byte[], byte[]> producer = FrameProducers.create(loaded.kafka());
    Consumer<byte[], byte[]> scores =
        loaded.overload().enabled() ? ScoreConsumers.create(loaded.kafka()) : null;
    return IngestService.start(loaded, cameras, producer, scores, clock);
  }
}

package io.andon.ingest;

import io.andon.config.ConfigException;
import io.andon.contracts.Topics;
import io.andon.ingest.camera.CameraStreams;
import io.andon.ingest.gstreamer.GStreamerCameras;
import io.andon.ingest.kafka.BrokerNames;
import io.andon.ingest.kafka.FrameProducers;
import io.andon.ingest.kafka.ScoreConsumers;
import io.andon.ingest.settings.IngestConfig;
import io.andon.kafka.ClientProblem;
import io.andon.kafka.access.AccessCatalogue;
import io.andon.kafka.access.AccessCheck;
import io.andon.kafka.access.AccessNames;
import io.andon.kafka.access.AccessRefusedException;
import io.andon.kafka.access.Grant;
import io.andon.kafka.access.Role;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
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
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration ACCESS_LIMIT = Duration.ofSeconds(5);

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
    } catch (AccessRefusedException e) {
      err.println(e.getMessage());
      return IngestCommand.UNUSABLE;
    } catch (KafkaException e) {
      err.println("kafka: the client can't be made: " + ClientProblem.text(e));
      return IngestCommand.UNUSABLE;
    } catch (IOException e) {
      err.println("server: can't start: " + e.getMessage());
      return IngestCommand.UNUSABLE;
    } catch (ExecutionException e) {
      err.println("a thread of the service died: " + e.getCause());
      return IngestCommand.FAILED;
    }
  }

  /**
   * A broker that is away is waited for later; one that refuses this client will go on to. Where
   * the rate is never lowered only the metrics miss the scores, so their right is no condition.
   */
  private static void requireAccess(IngestConfig config)
      throws AccessRefusedException, InterruptedException {
    Map<String, String> names =
        Map.of(
            Topics.FRAMES, config.kafka().framesTopic(),
            Topics.HEALTH, config.kafka().healthTopic(),
            Topics.SCORES, config.overload().scoresTopic());
    AccessNames access = new AccessNames(names, "", "", "");
    List<Grant> needed =
        AccessCatalogue.grants(Role.INGEST, access).stream()
            .filter(
                grant ->
                    config.overload().enabled()
                        || !grant.name().equals(config.overload().scoresTopic()))
            .toList();
    List<String> problems =
        new AccessCheck(config.kafka().connection(), ACCESS_LIMIT).verdict(needed).problems();
    if (!problems.isEmpty()) {
      throw new AccessRefusedException(problems);
    }
  }

  private IngestService start()
      throws ConfigException, AccessRefusedException, IOException, InterruptedException {
    IngestConfig loaded = IngestConfig.load(config);
    CheckCommand.requireSecrets(loaded);
    BrokerNames names = new BrokerNames(FIRST_PAUSE, this::tell);
    names.await(
        () -> {
          requireAccess(loaded);
          return loaded;
        });
    InstantSource clock = InstantSource.system();
    CameraStreams cameras = GStreamerCameras.load(loaded.cameras(), clock);
    Producer<byte[], byte[]> producer = names.await(() -> FrameProducers.create(loaded.kafka()));
    Consumer<byte[], byte[]> scores = names.await(() -> ScoreConsumers.create(loaded.kafka()));
    return IngestService.start(loaded, cameras, producer, scores, clock);
  }

  private void tell(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }
}

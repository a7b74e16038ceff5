package io.andon.ingest;

import io.andon.config.ConfigException;
import io.andon.config.ConfigException.Problem;
import io.andon.config.SecretRef;
import io.andon.config.tls.PemFiles;
import io.andon.ingest.gstreamer.GStreamerCameras;
import io.andon.ingest.settings.CameraConfig;
import io.andon.ingest.settings.Credentials;
import io.andon.ingest.settings.IngestConfig;
import io.andon.ingest.settings.ServerConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks a configuration, its secrets and this machine's GStreamer, without connecting. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Checks a configuration and this machine, without connecting.")
final class CheckCommand implements Callable<Integer> {
  @Option(names = "--config", required = true, description = "The configuration file (YAML).")
  private Path config = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    try {
      IngestConfig loaded = IngestConfig.load(config);
      requireSecrets(loaded);
      GStreamerCameras.load(loaded.cameras(), InstantSource.system());
      spec.commandLine().getOut().println(config + ": ok, cameras: " + loaded.cameras().size());
      return 0;
    } catch (ConfigException e) {
      err.println(e.getMessage());
      return IngestCommand.UNUSABLE;
    }
  }

  /**
   * Finds every secret and file once, so that a missing one is told at the start.
   *
   * @throws ConfigException with everything that can't be used
   */
  static void requireSecrets(IngestConfig config) throws ConfigException {
    List<Problem> problems =
        new ArrayList<>(
            config.kafka().connection().unusable("kafka.security", "kafka.secretProperties"));
    server(config.server().tls(), problems);
    for (int i = 0; i < config.cameras().size(); i++) {
      camera(i, config.cameras().get(i), problems);
    }
    refuse(problems);
  }

  /**
   * The same for one camera alone.
   *
   * @param i its place in the configuration
   */
  static void requireSecrets(int i, CameraConfig camera) throws ConfigException {
    List<Problem> problems = new ArrayList<>();
    camera(i, camera, problems);
    refuse(problems);
  }

  private static void camera(int i, CameraConfig camera, List<Problem> problems) {
    if (camera.tls() != null && camera.tls().truststore() != null) {
      certificates("cameras[" + i + "].tls.truststore", camera.tls().truststore(), problems);
    }
    Credentials credentials = camera.credentials();
    if (credentials != null) {
      resolve("cameras[" + i + "].credentials.password", credentials.password(), problems);
    }
  }

  private static void refuse(List<Problem> problems) throws ConfigException {
    if (!problems.isEmpty()) {
      throw new ConfigException("secrets", problems);
    }
  }

  private static void server(ServerConfig.@Nullable Tls tls, List<Problem> problems) {
    if (tls != null) {
      certificates("server.tls.certificate", tls.certificate(), problems);
      resolve("server.tls.key", tls.key(), problems);
    }
  }

  private static void certificates(String key, String file, List<Problem> problems) {
    try {
      PemFiles.certificates(Path.of(file));
    } catch (CertificateException e) {
      problems.add(new Problem(key, file, String.valueOf(e.getMessage())));
    } catch (IOException e) {
      String why = e.getClass().getSimpleName();
      problems.add(new Problem(key, file, "must be readable: " + why));
    }
  }

  private static void resolve(String key, SecretRef ref, List<Problem> problems) {
    try {
      ref.resolve(key);
    } catch (ConfigException e) {
      problems.addAll(e.problems());
    }
  }
}

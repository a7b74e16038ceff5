package io.andon.ingest;

import io.andon.config.ConfigException;
import io.andon.ingest.settings.AdminConfig;
import io.andon.kafka.ClientProblem;
import io.andon.kafka.KafkaConnection;
import io.andon.kafka.KafkaFailure;
import io.andon.kafka.KafkaSecurity;
import io.andon.kafka.TlsProbe;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The cluster that an administrator's command works on. */
final class AdminTarget {
  private static final int TIMEOUT_MILLIS = 10_000;

  @Option(
      names = "--bootstrap-servers",
      description = "host:port,... of brokers that ask for no log-in.")
  private @Nullable String bootstrapServers;

  @Option(
      names = "--config",
      description = "File that says where Kafka is and how to log in (YAML); docs/security.md.")
  private @Nullable Path config;

  /** What a command does with the cluster. */
  interface Work {
    int on(Admin admin, @Nullable AdminConfig config)
        throws ExecutionException, InterruptedException, ConfigException;
  }

  /** Does it, and turns what goes wrong into a message and an exit code. */
  int run(PrintWriter err, Work work) throws InterruptedException {
    boolean named = bootstrapServers != null && !bootstrapServers.isBlank();
    if (named == (config != null)) {
      err.println("one of --bootstrap-servers and --config must say where Kafka is");
      return IngestCommand.WRONG_USAGE;
    }
    KafkaConnection connection = null;
    try {
      AdminConfig loaded = config == null ? null : AdminConfig.load(config);
      connection =
          loaded == null
              ? KafkaConnection.of(String.valueOf(bootstrapServers), KafkaSecurity.NONE)
              : loaded.connection();
      Optional<String> mistaken = TlsProbe.mistaken(connection);
      if (mistaken.isPresent()) {
        err.println(
            loaded == null
                ? "--bootstrap-servers: %s speaks TLS, which takes --config"
                    .formatted(mistaken.get())
                : KafkaFailure.speaksTls(mistaken.get()));
        return IngestCommand.UNUSABLE;
      }
      try (Admin admin = Admin.create(settings(connection))) {
        return work.on(admin, loaded);
      }
    } catch (ConfigException e) {
      err.println(e.getMessage());
      return IngestCommand.UNUSABLE;
    } catch (KafkaException e) {
      err.println("Kafka client: " + ClientProblem.text(e));
      return IngestCommand.UNUSABLE;
    } catch (ExecutionException e) {
      return failed(err, connection, e);
    }
  }

  private int failed(PrintWriter err, @Nullable KafkaConnection connection, ExecutionException e) {
    if (connection == null) {
      throw new IllegalStateException(e);
    }
    return new KafkaFailure(connection)
        .explain(e)
        .map(
            why -> {
              err.println(why);
              return IngestCommand.UNUSABLE;
            })
        .orElseGet(
            () -> {
              err.println(unexplained(connection, e));
              return IngestCommand.FAILED;
            });
  }

  private String unexplained(KafkaConnection connection, ExecutionException e) {
    if (e.getCause() instanceof TimeoutException) {
      return "%s: %s gave no answer within %d s; is a broker there, and does it speak %s? (%s)"
          .formatted(
              config == null ? "--bootstrap-servers" : "kafka.bootstrapServers",
              connection.bootstrapServers(),
              TIMEOUT_MILLIS / 1_000,
              config == null
                  ? "plaintext, without a login (else it takes --config)"
                  : "as kafka.security.protocol says",
              e.getCause().getMessage());
    }
    return "Kafka at " + connection.bootstrapServers() + ": " + e.getCause();
  }

  private static Map<String, Object> settings(KafkaConnection connection) {
    Map<String, Object> settings = new HashMap<>(connection.clientProperties());
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    return settings;
  }
}

package io.andon.chaos.security;

import io.andon.broker.EmbeddedBroker;
import io.andon.broker.FreePorts;
import io.andon.config.SecretRef;
import io.andon.ingest.IngestCommand;
import io.andon.kafka.KafkaConnection;
import io.andon.kafka.KafkaSecurity;
import io.andon.kafka.SecurityProtocol;
import io.andon.kafka.access.Role;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A real node that speaks TLS alone, knows users by SCRAM and allows nobody anything that no entry
 * says. Its own listeners, for itself and its controller, ask for a certificate. Made ready by the
 * commands that administrators use.
 */
final class SecuredBroker implements AutoCloseable {
  /** Ingest starts without an answer that is later, and a busy machine is late. */
  static final String PATIENT = "  properties: {default.api.timeout.ms: '60000'}\n";

  private static final String ADMIN = "admin";

  /** An outcome of a command. */
  record Outcome(int exit, String out, String err) {}

  private final EmbeddedBroker broker;
  private final Certificates certificates;
  private final Path folder;
  private final int port;

  private SecuredBroker(EmbeddedBroker broker, Certificates certificates, Path folder, int port) {
    this.broker = broker;
    this.certificates = certificates;
    this.folder = folder;
    this.port = port;
  }

  /**
   * Starts it, without topics and with one user, who may do everything.
   *
   * @param passwords of roles; each other user gets one of its own
   */
  static SecuredBroker start(Path folder, Map<Role, String> passwords) throws Exception {
    Certificates certificates = Certificates.in(folder.resolve("certificates"));
    certificates.sign("broker");
    List<Integer> ports = FreePorts.take(3);
    String admin = "admin-password-of-a-test";
    EmbeddedBroker broker =
        EmbeddedBroker.start(
            folder.resolve("broker"),
            ports.get(0),
            ports.get(1),
            settings(certificates, ports),
            List.of("--add-scram", "SCRAM-SHA-512=[name=" + ADMIN + ",password=" + admin + "]"));
    SecuredBroker secured = new SecuredBroker(broker, certificates, folder, ports.get(0));
    Files.writeString(secured.passwordFile(ADMIN), admin);
    for (Role role : Role.values()) {
      String password = passwords.getOrDefault(role, role.wireName() + "-password-of-a-test");
      Files.writeString(secured.passwordFile(role.wireName()), password);
    }
    return secured;
  }

  private static Map<String, String> settings(Certificates certificates, List<Integer> ports)
      throws Exception {
    Map<String, String> settings = new HashMap<>();
    String listeners =
        "SASL_SSL://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d,INTERNAL://127.0.0.1:%d"
            .formatted(ports.get(0), ports.get(1), ports.get(2));
    settings.put("listeners", listeners);
    settings.put("advertised.listeners", listeners);
    settings.put("listener.security.protocol.map", "SASL_SSL:SASL_SSL,CONTROLLER:SSL,INTERNAL:SSL");
    settings.put("inter.broker.listener.name", "INTERNAL");
    settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
    settings.put(
        "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    settings.put("listener.name.sasl_ssl.ssl.client.auth", "requested");
    settings.put("listener.name.controller.ssl.client.auth", "required");
    settings.put("listener.name.internal.ssl.client.auth", "required");
    // Brokers make indices of 10 MiB, two a partition, for a search to read.
    settings.put("log.index.size.max.bytes", "65536");
    settings.put("ssl.keystore.type", "PEM");
    settings.put("ssl.keystore.location", certificates.bundle("broker").toString());
    settings.put("ssl.truststore.type", "PEM");
    settings.put("ssl.truststore.location", certificates.authority().toString());
    settings.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    settings.put("super.users", "User:" + ADMIN + ";User:CN=broker");
    return settings;
  }

  /** Makes topics and users as an administrator does. */
  void prepare() throws IOException {
    for (String command : List.of("topics", "access")) {
      Outcome outcome = administer(command, adminFile());
      if (outcome.exit() != 0) {
        throw new IOException(command + ": " + outcome);
      }
    }
  }

  /** The administrator's configuration. */
  Path adminFile() throws IOException {
    StringBuilder yaml = new StringBuilder(kafkaYaml(ADMIN)).append("users:\n");
    for (Role role : Role.values()) {
      yaml.append(
          "  %s: {name: %s, password: \"file:%s\"}\n"
              .formatted(role.wireName(), role.wireName(), passwordFile(role.wireName())));
    }
    return Files.writeString(folder.resolve("admin.yaml"), yaml);
  }

  /** Runs a command of an administrator. */
  Outcome administer(String command, Path config) {
    return administer(command, "--config", config.toString());
  }

  /** Runs a command of an administrator with one option. */
  Outcome administer(String command, String option, String value) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        IngestCommand.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(command, option, value);
    return new Outcome(exit, out.toString(), err.toString());
  }

  /** The part of a configuration that says where Kafka is and how a user logs in. */
  String kafkaYaml(String user) throws IOException {
    try {
      return """
      kafka:
        bootstrapServers: "%s"
        security:
          protocol: sasl_ssl
          username: %s
          password: "file:%s"
          truststore: "%s"
      """
          .formatted(bootstrapServers(), user, passwordFile(user), certificates.authority());
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** How a user's client connects. */
  KafkaConnection connection(String user) throws Exception {
    return KafkaConnection.of(
        bootstrapServers(),
        new KafkaSecurity(
            SecurityProtocol.SASL_SSL,
            user,
            new SecretRef("file:" + passwordFile(user)),
            certificates.authority().toString(),
            null,
            null,
            null));
  }

  /** The administrator's properties with more of them. */
  Map<String, Object> properties(String user, @Nullable Map<String, Object> more) throws Exception {
    Map<String, Object> properties = new HashMap<>(connection(user).clientProperties());
    properties.putAll(more == null ? Map.of() : more);
    return properties;
  }

  Path passwordFile(String user) {
    return folder.resolve(user + ".password");
  }

  Certificates certificates() {
    return certificates;
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    broker.close();
  }
}

package io.andon.kafka;

import io.andon.config.ConfigException;
import io.andon.config.ConfigException.Problem;
import io.andon.config.SecretRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * Where Kafka is and how a client connects.
 *
 * @param bootstrapServers brokers, {@code host:port} separated by commas
 * @param security how client and brokers know each other
 * @param properties further properties of the client
 * @param secrets further properties that are secrets
 */
public record KafkaConnection(
    String bootstrapServers,
    KafkaSecurity security,
    Map<String, String> properties,
    Map<String, SecretRef> secrets) {
  public KafkaConnection {
    properties = Map.copyOf(properties);
    secrets = Map.copyOf(secrets);
  }

  /** A connection with nothing but what all have. */
  public static KafkaConnection of(String bootstrapServers, KafkaSecurity security) {
    return new KafkaConnection(bootstrapServers, security, Map.of(), Map.of());
  }

  /** The same with other brokers. */
  public KafkaConnection withBootstrapServers(String servers) {
    return new KafkaConnection(servers, security, properties, secrets);
  }

  /**
   * The properties of any client, a copy. They hold references in place of secrets, which the
   * client resolves when it is made.
   */
  public Map<String, String> clientProperties() {
    Map<String, String> client = new HashMap<>(properties);
    secrets.forEach((name, secret) -> client.put(name, SecretProvider.plain(secret)));
    client.putAll(security.clientProperties());
    client.putAll(SecretProvider.settings());
    client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    return client;
  }

  /**
   * Everything that this process can't use of what the settings point to.
   *
   * @param securityPath path of the security section
   * @param secretsPath path of the section of further secrets
   */
  public List<Problem> unusable(String securityPath, String secretsPath) {
    List<Problem> problems = new ArrayList<>(security.unusable(securityPath));
    new TreeMap<>(secrets)
        .forEach(
            (name, secret) -> {
              try {
                secret.resolve(secretsPath + "." + name);
              } catch (ConfigException e) {
                problems.addAll(e.problems());
              }
            });
    return problems;
  }

  /** Shows no property: somebody may have put a secret among them. */
  @Override
  public String toString() {
    return "KafkaConnection[" + bootstrapServers + ", " + security + "]";
  }
}

package io.andon.kafka;

import io.andon.config.ConfigException.Problem;
import io.andon.config.SecretRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.jspecify.annotations.Nullable;

/**
 * How a client proves who it is and knows the brokers; {@code security.schema.json} gives what is
 * allowed. Secrets stay references: {@link #clientProperties} names them in a way that the Kafka
 * client itself resolves in the process that it runs in, so that properties can be shipped, kept
 * and shown. Brokers' host names are always verified.
 *
 * @param protocol how they speak
 * @param username who logs in, with SASL
 * @param password where the password is, with SASL
 * @param truststore path of a PEM file of trusted certificates; null for the JDK's own
 * @param certificate path of a PEM file with the client's certificate chain
 * @param key where its private key is, PEM
 * @param keyPassword where the key's password is
 */
public record KafkaSecurity(
    SecurityProtocol protocol,
    @Nullable String username,
    @Nullable SecretRef password,
    @Nullable String truststore,
    @Nullable String certificate,
    @Nullable SecretRef key,
    @Nullable SecretRef keyPassword) {
  /** Path of the settings' schema on the class path. */
  public static final String SCHEMA = "io/andon/kafka/security.schema.json";

  /** In the clear and without a user. */
  public static final KafkaSecurity NONE =
      new KafkaSecurity(SecurityProtocol.PLAINTEXT, null, null, null, null, null, null);

  private static final String PEM = "PEM";
  private static final String MODULE = "org.apache.kafka.common.security.scram.ScramLoginModule";

  /**
   * What a Kafka client is set to: references and paths, no secret. A client of any kind resolves
   * them when it is made, wherever that is.
   */
  public Map<String, String> clientProperties() {
    Map<String, String> properties = new TreeMap<>();
    if (protocol == SecurityProtocol.PLAINTEXT) {
      return properties;
    }
    properties.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol.name());
    if (username != null && password != null) {
      properties.put(SaslConfigs.SASL_MECHANISM, "SCRAM-SHA-512");
      properties.put(
          SaslConfigs.SASL_JAAS_CONFIG,
          "%s required username=\"%s\" password=\"%s\";"
              .formatted(MODULE, username, SecretProvider.quoted(password)));
    }
    if (protocol.isEncrypted()) {
      addTls(properties);
    }
    return properties;
  }

  private void addTls(Map<String, String> properties) {
    properties.put(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG, "https");
    if (truststore != null) {
      properties.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, PEM);
      properties.put(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, truststore);
    }
    if (certificate != null && key != null) {
      // Two files, as tools that hand out certificates write them; Kafka itself wants one.
      SecretRef chain = new SecretRef("file:" + certificate);
      properties.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, PEM);
      properties.put(SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG, SecretProvider.plain(chain));
      properties.put(
          SslConfigs.SSL_KEYSTORE_KEY_CONFIG,
          keyPassword == null
              ? SecretProvider.plain(key)
              : SecretProvider.opened(key, keyPassword));
    }
  }

  /**
   * Rules between these settings, and between them and further properties of the client.
   *
   * @param path of this section, {@code kafka.security}
   * @param others names of further properties, by the path of their section
   */
  public List<Problem> problems(String path, Map<String, ? extends Iterable<String>> others) {
    List<Problem> problems = new ArrayList<>();
    boolean user = protocol.hasUser();
    boolean tls = protocol.isEncrypted();
    wanted(problems, path + ".username", user, username != null, "sasl_plaintext or sasl_ssl");
    wanted(problems, path + ".password", user, password != null, "sasl_plaintext or sasl_ssl");
    unwanted(problems, path + ".truststore", tls, truststore != null);
    unwanted(problems, path + ".certificate", tls, certificate != null);
    unwanted(problems, path + ".key", tls, key != null);
    unwanted(problems, path + ".keyPassword", tls, keyPassword != null);
    if ((certificate == null) != (key == null)) {
      String missing = certificate == null ? ".certificate" : ".key";
      problems.add(
          new Problem(path + missing, "", "must be given: certificate and key go together"));
    }
    if (keyPassword != null && key == null) {
      problems.add(new Problem(path + ".keyPassword", "", "needs key"));
    }
    others.forEach((section, names) -> clashes(problems, path, section, names));
    return problems;
  }

  private void wanted(
      List<Problem> problems, String key, boolean wanted, boolean given, String protocols) {
    if (wanted && !given) {
      problems.add(new Problem(key, "", "must be given with protocol " + name()));
    } else if (!wanted && given) {
      problems.add(new Problem(key, "", "needs protocol " + protocols + ", not " + name()));
    }
  }

  private void unwanted(List<Problem> problems, String key, boolean allowed, boolean given) {
    if (given && !allowed) {
      problems.add(new Problem(key, "", "needs protocol ssl or sasl_ssl, not " + name()));
    }
  }

  private void clashes(
      List<Problem> problems, String path, String section, Iterable<String> names) {
    TreeSet<String> sorted = new TreeSet<>();
    names.forEach(sorted::add);
    for (String name : sorted) {
      boolean ours =
          name.startsWith("security.") || name.startsWith("sasl.") || name.startsWith("ssl.");
      if (name.startsWith(AbstractConfig.CONFIG_PROVIDERS_CONFIG)) {
        problems.add(new Problem(section + "." + name, "", "is decided here and must not be set"));
      } else if (ours && protocol != SecurityProtocol.PLAINTEXT) {
        problems.add(
            new Problem(section + "." + name, "", "must not be set: " + path + " decides it"));
      }
    }
  }

  private String name() {
    return protocol.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Everything that this process can't use of what the settings point to: secrets that are not
   * there, files that can't be read or hold something else.
   *
   * @param path of this section, {@code kafka.security}
   */
  public List<Problem> unusable(String path) {
    List<Problem> problems = new ArrayList<>();
    PemCheck pem = new PemCheck(problems, Instant.now());
    if (password != null) {
      pem.password(path + ".password", password);
    }
    if (truststore != null) {
      pem.certificates(path + ".truststore", truststore);
    }
    if (certificate != null) {
      pem.ownCertificate(path + ".certificate", certificate);
    }
    if (key != null) {
      pem.privateKey(path + ".key", key, path + ".keyPassword", keyPassword);
    }
    return problems;
  }

  /** Shows the protocol and the user's name, nothing that is or leads to a secret. */
  @Override
  public String toString() {
    return "KafkaSecurity[" + name() + (username == null ? "" : ", user " + username) + "]";
  }
}

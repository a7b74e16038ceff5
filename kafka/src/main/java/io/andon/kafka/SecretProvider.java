package io.andon.kafka;

import io.andon.config.ConfigException;
import io.andon.config.SecretRef;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.provider.ConfigProvider;

/**
 * Resolves {@code ${andon-secret:env:NAME}} and {@code ${andon-secret:file:/path}} in a Kafka
 * client's properties when the client is made. Kafka's own providers don't do: they keep a file's
 * last line end, and put a secret into a login module's line as it is, quotes and all.
 */
public class SecretProvider implements ConfigProvider {
  private static final String PLAIN = "andon-secret";
  private static final String QUOTED = "andon-quoted";

  private final UnaryOperator<String> form;

  /** As Kafka makes it. */
  public SecretProvider() {
    this(UnaryOperator.identity());
  }

  private SecretProvider(UnaryOperator<String> form) {
    this.form = form;
  }

  /** A secret as it is. */
  public static String plain(SecretRef secret) {
    return "${" + PLAIN + ":" + secret.reference() + "}";
  }

  /** A secret for use between the double quotes of {@code sasl.jaas.config}. */
  static String quoted(SecretRef secret) {
    return "${" + QUOTED + ":" + secret.reference() + "}";
  }

  /** What a client needs that is given references. */
  static Map<String, String> settings() {
    String providers = AbstractConfig.CONFIG_PROVIDERS_CONFIG;
    return Map.of(
        providers,
        PLAIN + "," + QUOTED,
        providers + "." + PLAIN + ".class",
        SecretProvider.class.getName(),
        providers + "." + QUOTED + ".class",
        Quoted.class.getName());
  }

  @Override
  public ConfigData get(String path) {
    throw new org.apache.kafka.common.config.ConfigException("a reference needs env: or file:");
  }

  @Override
  public ConfigData get(String path, Set<String> keys) {
    Map<String, String> secrets = new HashMap<>();
    for (String key : keys) {
      secrets.put(key, form.apply(resolve(path + ":" + key)));
    }
    return new ConfigData(secrets);
  }

  private static String resolve(String reference) {
    try {
      return new SecretRef(reference).resolve("a secret of the Kafka client").reveal();
    } catch (ConfigException e) {
      throw new org.apache.kafka.common.config.ConfigException(e.getMessage());
    }
  }

  @Override
  public void configure(Map<String, ?> configs) {
    // needs none
  }

  @Override
  public void close() {
    // holds nothing
  }

  /** The same between double quotes. */
  public static final class Quoted extends SecretProvider {
    /** As Kafka makes it. */
    public Quoted() {
      super(secret -> secret.replace("\\", "\\\\").replace("\"", "\\\""));
    }
  }
}

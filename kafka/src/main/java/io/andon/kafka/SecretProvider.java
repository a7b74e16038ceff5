package io.andon.kafka;

import io.andon.config.ConfigException;
import io.andon.config.SecretRef;
import io.andon.config.tls.PemFiles;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  private static final String OPENED = "andon-opened";

  /** Stands between the references to a key and to its password. */
  private static final String AND = "|";

  private static final Pattern BOTH = Pattern.compile("(.+)\\|((?:env|file):.+)");

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

  /** A private key that is under a password, without it. */
  static String opened(SecretRef key, SecretRef password) {
    return "${" + OPENED + ":" + key.reference() + AND + password.reference() + "}";
  }

  /** What a client needs that is given references. */
  static Map<String, String> settings() {
    String providers = AbstractConfig.CONFIG_PROVIDERS_CONFIG;
    return Map.of(
        providers,
        String.join(",", PLAIN, QUOTED, OPENED),
        providers + "." + PLAIN + ".class",
        SecretProvider.class.getName(),
        providers + "." + QUOTED + ".class",
        Quoted.class.getName(),
        providers + "." + OPENED + ".class",
        Opened.class.getName());
  }

  @Override
  public ConfigData get(String path) {
    throw new org.apache.kafka.common.config.ConfigException("a reference needs env: or file:");
  }

  @Override
  public ConfigData get(String path, Set<String> keys) {
    Map<String, String> secrets = new HashMap<>();
    for (String key : keys) {
      secrets.put(key, form.apply(secret(path + ":" + key)));
    }
    return new ConfigData(secrets);
  }

  /** The secret of what stands between the braces. */
  String secret(String reference) {
    return resolve(reference);
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

  /** A key with its password taken off. */
  public static final class Opened extends SecretProvider {
    @Override
    String secret(String references) {
      Matcher both = BOTH.matcher(references);
      if (!both.matches()) {
        throw new org.apache.kafka.common.config.ConfigException("a key needs its password");
      }
      try {
        return PemFiles.opened(resolve(both.group(1)), resolve(both.group(2)));
      } catch (GeneralSecurityException e) {
        throw new org.apache.kafka.common.config.ConfigException("keyPassword " + e.getMessage());
      }
    }
  }
}

package io.andon.kafka;

import java.util.Optional;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.IllegalSaslStateException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;

/**
 * Tells which setting is to blame when brokers and client don't get along. Only what no later
 * attempt can mend is told; a broker that is away is none of it.
 */
public final class KafkaFailure {
  private final KafkaConnection connection;

  /** Explains failures of a connection's clients. */
  public KafkaFailure(KafkaConnection connection) {
    this.connection = connection;
  }

  /**
   * Names the setting and what is wrong with it; no secret is in it.
   *
   * @param failure what a client threw
   * @return empty if security is not what failed
   */
  public Optional<String> explain(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SslAuthenticationException) {
        return Optional.of(handshake(t));
      } else if (t instanceof SaslAuthenticationException) {
        return Optional.of(
            "kafka.security.password: the brokers refuse %s; user name and password must be those that they know"
                .formatted(user()));
      } else if (t instanceof UnsupportedSaslMechanismException) {
        return Optional.of(
            "kafka.security.protocol: the brokers don't take the mechanism that this client logs in by, %s; their sasl.enabled.mechanisms must name it"
                .formatted(mechanism()));
      } else if (t instanceof IllegalSaslStateException) {
        return Optional.of(
            "kafka.security.protocol: the brokers don't log users in at this port; sasl_ or not must be as their listener has it");
      } else if (t instanceof AuthenticationException) {
        return Optional.of(
            "kafka.security.protocol: the brokers refuse this way to log in: "
                + t.getClass().getSimpleName());
      } else if (t instanceof AuthorizationException) {
        return Optional.of(denied(t));
      }
    }
    return Optional.empty();
  }

  private String denied(Throwable t) {
    if (t instanceof TopicAuthorizationException topics) {
      return denied("use topic " + String.join(", ", topics.unauthorizedTopics()));
    } else if (t instanceof GroupAuthorizationException group) {
      return denied("use group " + group.groupId());
    } else if (t instanceof TransactionalIdAuthorizationException) {
      return denied("use its transactional id");
    }
    return denied("do what it asks for: " + t.getClass().getSimpleName());
  }

  /**
   * Says what the user may not do.
   *
   * @param what continues "may not"
   */
  public String denied(String what) {
    return "kafka.security.username: %s may not %s".formatted(user(), what);
  }

  /**
   * What is said of a broker that {@link TlsProbe} finds.
   *
   * @param broker its address
   */
  public static String speaksTls(String broker) {
    return "kafka.security.protocol: %s speaks TLS; must be ssl or sasl_ssl".formatted(broker);
  }

  private String mechanism() {
    return connection.clientProperties().getOrDefault(SaslConfigs.SASL_MECHANISM, "GSSAPI");
  }

  private String user() {
    String name = connection.security().username();
    return name == null ? "this client" : "user " + name;
  }

  private String handshake(Throwable failure) {
    String why = messages(failure);
    if (why.contains("No subject alternative") || why.contains("No name matching")) {
      return "kafka.bootstrapServers: %s is not the name in the broker's certificate"
          .formatted(connection.bootstrapServers());
    } else if (why.contains("NotAfter")) {
      return validity("has expired");
    } else if (why.contains("NotBefore")) {
      return validity("is not valid yet; is this machine's clock right?");
    } else if (why.contains("PKIX") || why.contains("certification path")) {
      String file = connection.security().truststore();
      return "kafka.security.truststore: %s does not vouch for the broker's certificate"
          .formatted(file == null ? "the JDK's own list" : file);
    } else if (why.contains("certificate_expired")) {
      return "kafka.security.certificate: the brokers say that it has expired";
    } else if (why.contains("fatal alert")) {
      return "kafka.security.certificate: the brokers refuse this client's certificate, or the lack of one";
    }
    return "kafka.security.protocol: the brokers don't speak TLS as this client does";
  }

  private String validity(String what) {
    return "kafka.bootstrapServers: the broker's certificate at %s, or one that it is signed by, %s"
        .formatted(connection.bootstrapServers(), what);
  }

  private static String messages(Throwable failure) {
    StringBuilder text = new StringBuilder();
    for (Throwable t = failure; t != null; t = t.getCause()) {
      text.append(t.getMessage()).append('\n');
    }
    return text.toString();
  }
}

package io.andon.kafka;

/** How a client and the brokers speak. */
public enum SecurityProtocol {
  /** In the clear, nobody proven. */
  PLAINTEXT,
  /** Encrypted; brokers, and clients where asked to, proven by certificates. */
  SSL,
  /** In the clear; clients proven by a password that is not sent. */
  SASL_PLAINTEXT,
  /** Encrypted; brokers proven by certificates, clients by a password that is not sent. */
  SASL_SSL;

  /** Whether TLS is spoken. */
  boolean isEncrypted() {
    return this == SSL || this == SASL_SSL;
  }

  /** Whether a user logs in. */
  boolean hasUser() {
    return this == SASL_PLAINTEXT || this == SASL_SSL;
  }
}

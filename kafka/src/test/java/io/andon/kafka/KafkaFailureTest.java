package io.andon.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.config.SecretRef;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLHandshakeException;
import org.apache.kafka.common.errors.IllegalSaslStateException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;
import org.junit.jupiter.api.Test;

class KafkaFailureTest {
  private static final KafkaFailure FAILURE =
      new KafkaFailure(
          KafkaConnection.of(
              "kafka-1:9093",
              new KafkaSecurity(
                  SecurityProtocol.SASL_SSL,
                  "job",
                  new SecretRef("env:NONE"),
                  "/ca.pem",
                  null,
                  null,
                  null)));

  /** The JDK tells both as a path that can't be validated, as it does where nobody vouches. */
  @Test
  void theTimeOfACertificateIsNoMatterOfTheTruststore() {
    assertThat(FAILURE.explain(handshake(new CertificateExpiredException("NotAfter: Fri Nov 27"))))
        .hasValueSatisfying(
            why ->
                assertThat(why)
                    .startsWith("kafka.bootstrapServers: ")
                    .contains("kafka-1:9093", "has expired")
                    .doesNotContain("truststore"));
    assertThat(
            FAILURE.explain(
                handshake(new CertificateNotYetValidException("NotBefore: Sun Nov 29"))))
        .hasValueSatisfying(
            why ->
                assertThat(why)
                    .startsWith("kafka.bootstrapServers: ")
                    .contains("is not valid yet", "clock")
                    .doesNotContain("truststore"));
    assertThat(FAILURE.explain(handshake(new CertPathValidatorException("Path does not chain"))))
        .contains("kafka.security.truststore: /ca.pem does not vouch for the broker's certificate");
  }

  @Test
  void anExpiredCertificateOfTheClientIsItsOwn() {
    assertThat(
            FAILURE.explain(
                new SslAuthenticationException(
                    "SSL handshake failed",
                    new SSLHandshakeException("Received fatal alert: certificate_expired"))))
        .contains("kafka.security.certificate: the brokers say that it has expired");
  }

  @Test
  void aListenerThatLogsInOtherwiseIsToldWithWhatItMustTake() {
    assertThat(FAILURE.explain(new UnsupportedSaslMechanismException("enabled: []")))
        .hasValueSatisfying(
            why -> assertThat(why).contains("SCRAM-SHA-512", "sasl.enabled.mechanisms"));
    assertThat(FAILURE.explain(new IllegalSaslStateException("enabled mechanisms are []")))
        .hasValueSatisfying(why -> assertThat(why).contains("kafka.security.protocol", "sasl_"));
  }

  private static SslAuthenticationException handshake(Exception cause) {
    CertPathValidatorException invalid =
        new CertPathValidatorException("validity check failed", cause);
    SSLHandshakeException failed =
        new SSLHandshakeException("PKIX path validation failed: " + invalid);
    failed.initCause(invalid);
    return new SslAuthenticationException("SSL handshake failed", failed);
  }
}

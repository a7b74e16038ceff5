package io.andon.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.andon.config.ConfigException;
import io.andon.config.ConfigException.Problem;
import io.andon.config.ConfigLoader;
import io.andon.config.SecretRef;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaSecurityTest {
  private static final String DIFFICULT = "a\"b\\c;d$e{f}g h='i' \u00e4";

  private static final String KEY_UNDER_PASSWORD =
      """
      -----BEGIN ENCRYPTED PRIVATE KEY-----
      MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAgGJAE6mKhqcQICCAAw
      DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEECqLcXxxRtX5jJkaE2kamHIEgZCn
      wbZKBHdy+yAOIuaPrKJon+GEYqD4D8bHguUP36elrPAblR5bj2cH9UMA8xgchya7
      BCtNXIj5aYKUL2zMQ2KvJEib4HxPxF9FQDe+gLPj/kitQAsCoMXfaWB+Yg3P/u6+
      wDKI7u+XTXS49GbZLxpguRKv6D4+H1Bjgej9C95AQkPhF+u6P5QtFfYf+vBuUAs=
      -----END ENCRYPTED PRIVATE KEY-----
      """;

  @TempDir private Path folder;

  @Test
  void withoutSettingsNothingIsSecured() throws Exception {
    assertThat(load("{}")).isEqualTo(KafkaSecurity.NONE);
    assertThat(KafkaSecurity.NONE.clientProperties()).isEmpty();
  }

  @Test
  void propertiesHoldReferencesAndAClientResolvesThemToTheWholeSecret() throws Exception {
    Path password = Files.writeString(folder.resolve("password"), DIFFICULT + "\n");
    KafkaSecurity security =
        load("{protocol: sasl_ssl, username: job, password: \"file:%s\"}".formatted(password));
    Map<String, String> properties = new TreeMap<>(connection(security).clientProperties());

    assertThat(properties.toString()).contains(password.toString()).doesNotContain(DIFFICULT);

    AppConfigurationEntry login = login(resolved(properties));
    assertThat(login.getLoginModuleName()).endsWith(".ScramLoginModule");
    assertThat(login.getOptions().get("username")).isEqualTo("job");
    assertThat(login.getOptions().get("password")).isEqualTo(DIFFICULT);
    assertThat(properties)
        .containsEntry(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "SASL_SSL")
        .containsEntry(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG, "https");
  }

  @Test
  void anOwnCertificateOutOfItsTimeIsToldAtTheStart() throws Exception {
    Path key = folder.resolve("key.pem");
    Files.writeString(key, "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n");
    String settings = "{protocol: ssl, certificate: \"%s\", key: \"file:" + key + "\"}";

    Path expired = certificate("expired", "-10d", 5);
    Path future = certificate("future", "+10d", 5);

    assertThat(problem(settings.formatted(expired)).toString())
        .contains(
            "kafka.security.certificate", "has expired on 20", "this machine's clock says 20");
    assertThat(problem(settings.formatted(future)).toString())
        .contains("kafka.security.certificate", "is so from 20", "this machine's clock says 20");
    assertThat(load(settings.formatted(certificate("good", "-1d", 5))).unusable("kafka.security"))
        .isEmpty();
    assertThat(
            load("{protocol: ssl, truststore: \"%s\"}".formatted(expired))
                .unusable("kafka.security"))
        .as("a machine's list of authorities always holds some that have expired")
        .isEmpty();
  }

  private static Problem problem(String settings) throws Exception {
    List<Problem> problems = load(settings).unusable("kafka.security");
    assertThat(problems).hasSize(1);
    return problems.get(0);
  }

  private Path certificate(String name, String start, int days) throws Exception {
    Path file = folder.resolve(name + ".pem");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String store = folder.resolve(name + ".p12").toString();
    run(
        List.of(
            keytool,
            "-genkeypair",
            "-alias",
            name,
            "-keyalg",
            "EC",
            "-dname",
            "CN=" + name,
            "-startdate",
            start,
            "-validity",
            Integer.toString(days),
            "-keystore",
            store,
            "-storepass",
            "of-a-test"));
    run(
        List.of(
            keytool,
            "-exportcert",
            "-rfc",
            "-alias",
            name,
            "-keystore",
            store,
            "-storepass",
            "of-a-test",
            "-file",
            file.toString()));
    return file;
  }

  private static void run(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).inheritIO().start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void furtherSecretsAreReferencesTooAndReachTheClientAsTheyAre() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), DIFFICULT + "\n");
    KafkaConnection connection =
        new KafkaConnection(
            "127.0.0.1:9092",
            KafkaSecurity.NONE,
            Map.of(),
            Map.of("ssl.key.password", new SecretRef("file:" + secret)));

    Map<String, String> properties = connection.clientProperties();

    assertThat(properties.get("ssl.key.password")).doesNotContain(DIFFICULT);
    Password password = resolved(properties).getPassword("ssl.key.password");
    assertThat(password.value()).isEqualTo(DIFFICULT);
    assertThat(connection.toString()).doesNotContain(secret.toString());
  }

  @Test
  void aClientGetsAKeyThatIsUnderAPasswordWithoutIt() throws Exception {
    Path key = Files.writeString(folder.resolve("client.key"), KEY_UNDER_PASSWORD);
    Path password = Files.writeString(folder.resolve("key.password"), "key-of-a-test\n");
    Path chain = Files.writeString(folder.resolve("client.crt"), "a chain");
    KafkaSecurity security =
        load(
            "{protocol: ssl, certificate: %s, key: \"file:%s\", keyPassword: \"file:%s\"}"
                .formatted(chain, key, password));

    ProducerConfig config = resolved(connection(security).clientProperties());

    assertThat(config.getPassword(SslConfigs.SSL_KEYSTORE_KEY_CONFIG).value())
        .startsWith("-----BEGIN PRIVATE KEY-----");
  }

  @Test
  void everyRuleThatIsBrokenIsToldAtOnceAndNoSecretWithIt() throws Exception {
    KafkaSecurity security =
        load(
            "{protocol: plaintext, username: job, password: env:HUNTER, truststore: /ca.pem,"
                + " certificate: /client.pem, keyPassword: env:KEY}");
    assertThat(security.problems("kafka.security", Map.of()))
        .extracting(Problem::key)
        .containsExactly(
            "kafka.security.username",
            "kafka.security.password",
            "kafka.security.truststore",
            "kafka.security.certificate",
            "kafka.security.keyPassword",
            "kafka.security.key",
            "kafka.security.keyPassword");
    assertThat(security.toString()).doesNotContain("HUNTER");
  }

  @Test
  void aUserNeedsNameAndPasswordAndPropertiesMayNotUndoTheRest() throws Exception {
    KafkaSecurity security = load("{protocol: sasl_ssl}");
    Map<String, List<String>> others =
        Map.of(
            "kafka.properties",
            List.of("ssl.endpoint.identification.algorithm", "client.id", "config.providers"));
    assertThat(security.problems("kafka.security", others))
        .extracting(Problem::key)
        .containsExactly(
            "kafka.security.username",
            "kafka.security.password",
            "kafka.properties.config.providers",
            "kafka.properties.ssl.endpoint.identification.algorithm");
  }

  @Test
  void aPasswordInPlaceOfAReferenceIsRefusedAndNotShown() {
    ConfigException e =
        catchThrowableOfType(
            ConfigException.class,
            () -> load("{protocol: sasl_ssl, username: 'a\"b', password: hunter2, key: hunter3}"));
    assertThat(e.problems())
        .extracting(Problem::key)
        .containsExactlyInAnyOrder("username", "password", "key");
    assertThat(e.toString()).doesNotContain("hunter");
  }

  @Test
  void filesThatAreMissingOrNoPemAreToldWithAllOthers() throws Exception {
    Path text = Files.writeString(folder.resolve("text.pem"), "hunter2 is no certificate");
    Path pkcs1 =
        Files.writeString(folder.resolve("rsa.key"), "-----BEGIN RSA PRIVATE KEY-----\nhunter2");
    KafkaSecurity security =
        load(
            "{protocol: sasl_ssl, username: job, password: \"file:/no/such/password\","
                + " truststore: /no/such/ca.pem, certificate: \"%s\", key: \"file:%s\","
                    .formatted(text, pkcs1)
                + " keyPassword: env:ANDON_NO_SUCH_VARIABLE}");
    List<Problem> problems = security.unusable("kafka.security");
    assertThat(problems)
        .extracting(Problem::key)
        .containsExactly(
            "kafka.security.password",
            "kafka.security.truststore",
            "kafka.security.certificate",
            "kafka.security.key",
            "kafka.security.keyPassword");
    assertThat(problems.toString()).doesNotContain("hunter2").contains("PKCS 8");
  }

  /** No client could be made of it, and none would say which setting is to blame. */
  @Test
  void aPasswordOfSeveralLinesIsRefusedAndNotShown() throws Exception {
    for (String password : List.of("hunter2\n\n", "hunter2\r\n\r\n", "hunter2\nhunter3")) {
      Path file = Files.writeString(folder.resolve("lines"), password);
      KafkaSecurity security =
          load("{protocol: sasl_ssl, username: job, password: \"file:%s\"}".formatted(file));
      assertThat(security.unusable("kafka.security"))
          .extracting(Problem::toString)
          .containsExactly(
              "kafka.security.password: file:"
                  + file
                  + " must hold one line; its last line end is left out");
    }
  }

  private static KafkaSecurity load(String yaml) throws ConfigException {
    return ConfigLoader.load(yaml, "test.yaml", KafkaSecurity.SCHEMA, KafkaSecurity.class);
  }

  private static KafkaConnection connection(KafkaSecurity security) {
    return KafkaConnection.of("127.0.0.1:9092", security);
  }

  /** As a client takes its properties. */
  private static ProducerConfig resolved(Map<String, String> properties) {
    Map<String, Object> settings = new TreeMap<>(properties);
    String bytes = "org.apache.kafka.common.serialization.ByteArraySerializer";
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, bytes);
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, bytes);
    return new ProducerConfig(settings);
  }

  private static AppConfigurationEntry login(ProducerConfig config) {
    return JaasContext.loadClientContext(
            Map.of(SaslConfigs.SASL_JAAS_CONFIG, config.getPassword(SaslConfigs.SASL_JAAS_CONFIG)))
        .configurationEntries()
        .get(0);
  }
}

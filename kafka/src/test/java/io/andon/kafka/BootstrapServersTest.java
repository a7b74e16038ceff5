package io.andon.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.andon.config.ConfigException.Problem;
import java.util.Map;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapServersTest {
  private static final String KEY = "kafka.bootstrapServers";

  private static void kafkaReads(String servers) {
    AdminClientConfig config = new AdminClientConfig(Map.of("bootstrap.servers", servers));
    ClientUtils.parseAndValidateAddresses(config);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:9092",
        "localhost:9092",
        "[::1]:9092",
        "PLAINTEXT://127.0.0.1:9092",
        " 127.0.0.1:9092 , 127.0.0.1:9093 ",
        "127.0.0.1:65535",
        ":9092"
      })
  void takesWhatKafkaTakes(String servers) {
    assertThat(BootstrapServers.problems(KEY, servers)).isEmpty();
    assertThatCode(() -> kafkaReads(servers)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:",
        "127.0.0.1:99999",
        "127.0.0.1:99999999999",
        "127.0.0.1:-1",
        "a b:9092",
        "127.0.0.1:9092;127.0.0.1:9093"
      })
  void refusesWhatKafkaRefuses(String servers) {
    assertThat(BootstrapServers.problems(KEY, servers))
        .containsExactly(new Problem(KEY, servers, "must be host:port, its port from 0 to 65535"));
    assertThatThrownBy(() -> kafkaReads(servers))
        .isInstanceOfAny(ConfigException.class, NumberFormatException.class);
  }

  @Test
  void tellsEveryAddressThatIsNone() {
    assertThat(BootstrapServers.problems(KEY, "a, b:1, c"))
        .extracting(Problem::value)
        .containsExactly("a", "c");
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", ",", " , ", "127.0.0.1:9092,", "127.0.0.1:9092,,127.0.0.1:9093"})
  void refusesAnEmptyAddressAsKafkaDoes(String servers) {
    assertThat(BootstrapServers.problems(KEY, servers))
        .isNotEmpty()
        .allMatch(new Problem(KEY, "", "must be host:port, its port from 0 to 65535")::equals);
    assertThatThrownBy(() -> kafkaReads(servers)).isInstanceOf(ConfigException.class);
  }
}

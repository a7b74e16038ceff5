package io.andon.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class ClientProblemTest {
  @Test
  void namesASettingButNotItsValue() {
    KafkaException thrown =
        new KafkaException(
            "Failed to construct kafka producer",
            new ConfigException("sasl.jaas.config", "hunter2", "no login module"));

    assertThat(ClientProblem.text(thrown))
        .isEqualTo("sasl.jaas.config has a value that is not allowed");
  }

  @Test
  void showsTheBrokersAddressThatIsWrong() {
    KafkaException thrown =
        new KafkaException("", new ConfigException("Invalid url in bootstrap.servers: broker"));

    assertThat(ClientProblem.text(thrown)).isEqualTo("Invalid url in bootstrap.servers: broker");
  }

  @Test
  void tellsANameThatNoNameServiceKnowsFromOneThatIsWritten() {
    String yetUnknown = "kafka.invalid:9092";
    String wrong = "kafka:port";

    assertThat(thrownFor(yetUnknown)).matches(ClientProblem::isUnresolvedName);
    assertThat(thrownFor(wrong)).matches(thrown -> !ClientProblem.isUnresolvedName(thrown));
  }

  private static KafkaException thrownFor(String servers) {
    return catchThrowableOfType(
        KafkaException.class, () -> Admin.create(Map.of("bootstrap.servers", servers)).close());
  }

  @Test
  void repeatsNothingOfAnotherMessage() {
    assertThat(ClientProblem.text(new KafkaException("password=hunter2")))
        .isEqualTo("KafkaException");
  }
}

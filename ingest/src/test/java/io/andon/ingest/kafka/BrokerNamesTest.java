package io.andon.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BrokerNamesTest {
  // No label is that long, so that no name server need be asked.
  private static final String UNKNOWN = "x".repeat(64) + ".invalid";

  private final List<String> told = new ArrayList<>();
  private final BrokerNames names = new BrokerNames(Duration.ofMillis(1), told::add);

  @Test
  void triesAgainUntilANameIsKnownAndSaysSoOnce() throws Exception {
    AtomicInteger attempts = new AtomicInteger();

    String made =
        names.await(
            () -> {
              if (attempts.incrementAndGet() < 3) {
                Admin.create(Map.of("bootstrap.servers", UNKNOWN + ":9092")).close();
              }
              return "a client";
            });

    assertThat(made).isEqualTo("a client");
    assertThat(attempts).hasValue(3);
    assertThat(told).hasSize(1).first().asString().contains("bootstrap.servers", "trying again");
  }

  @Test
  void anythingElseIsToldAtOnce() {
    AtomicInteger attempts = new AtomicInteger();

    assertThatThrownBy(
            () ->
                names.await(
                    () -> {
                      attempts.incrementAndGet();
                      throw new KafkaException("no such mechanism");
                    }))
        .isInstanceOf(KafkaException.class)
        .hasMessage("no such mechanism");
    assertThat(attempts).hasValue(1);
    assertThat(told).isEmpty();
  }
}

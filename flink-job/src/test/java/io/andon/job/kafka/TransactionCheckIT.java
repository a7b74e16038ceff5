package io.andon.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.andon.broker.EmbeddedBroker;
import io.andon.job.config.JobAssembly;
import io.andon.job.config.JobConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransactionCheckIT {
  @TempDir Path folder;

  /** As while its brokers start one after the other: whoever submits the job waits for them. */
  @Test
  void aBrokerThatLacksReplicasSaysNothingAgainstTransactions() throws Exception {
    Map<String, String> two = Map.of("transaction.state.log.replication.factor", "2");
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, two)) {
      assertThatThrownBy(() -> check(broker, Duration.ofSeconds(3)).problem())
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(TimeoutException.class);
    }
  }

  @Test
  void aBrokerThatTakesTransactionsIsNoProblem() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, Map.of())) {
      assertThat(check(broker, Duration.ofMinutes(1)).problem()).isEmpty();
    }
  }

  private static TransactionCheck check(EmbeddedBroker broker, Duration limit) throws Exception {
    String yaml =
        "kafka: {bootstrapServers: '%s', delivery: exactly_once}"
            .formatted(broker.bootstrapServers());
    return new TransactionCheck(
        new JobAssembly(JobConfig.parse(yaml, "test"), Clock.systemUTC()).kafka(), limit);
  }
}

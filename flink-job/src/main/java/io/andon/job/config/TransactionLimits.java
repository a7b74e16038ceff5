package io.andon.job.config;

import io.andon.config.ConfigException.Problem;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;

/**
 * How long checkpoints may fail where incidents are written in Kafka transactions. Each checkpoint
 * ends a transaction, which is committed when a checkpoint has completed. Brokers drop a
 * transaction that is older than its limit, and a sink that finds it gone goes on without its
 * events. So the job has to fail before: it then says them again from the last checkpoint.
 */
final class TransactionLimits {
  private static final int INTERVALS = 4;
  private static final long LONGEST_CHECKPOINT_MILLIS = 60_000;

  private TransactionLimits() {}

  /** Why a transaction can't live as long as a checkpoint may take; nothing if it can. */
  static List<Problem> problems(long transactionMillis, long intervalMillis) {
    long least = INTERVALS * intervalMillis;
    return transactionMillis >= least
        ? List.of()
        : List.of(
            new Problem(
                "kafka.transactionTimeoutMillis",
                Long.toString(transactionMillis),
                "at least " + least + ", four times flink.checkpointIntervalMillis"));
  }

  /** Has checkpoints time out, and the job fail with them, before a transaction is too old. */
  static void set(Configuration flink, long transactionMillis, long intervalMillis) {
    long checkpoint = Math.min(LONGEST_CHECKPOINT_MILLIS, transactionMillis / 2 - intervalMillis);
    // One more than is tolerated fails the job, and that last one takes its time too.
    long attempts = transactionMillis / (intervalMillis + checkpoint);
    flink.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofMillis(checkpoint));
    flink.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, (int) attempts - 2);
  }
}

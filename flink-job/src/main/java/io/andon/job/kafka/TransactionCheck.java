package io.andon.job.kafka;

import io.andon.kafka.ClientProblem;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Asks the brokers for transactions as long as the job's. They tell their limit only to whoever
 * asks for more, or to an administrator. No transaction is begun.
 */
final class TransactionCheck {
  private static final String BROKERS_LIMIT = "transaction.max.timeout.ms";

  private final KafkaSettings settings;
  private final Duration limit;

  /**
   * @param settings of a job that writes incidents in transactions
   * @param limit longest wait for an answer
   */
  TransactionCheck(KafkaSettings settings, Duration limit) {
    this.settings = settings;
    this.limit = limit;
  }

  /**
   * Why the job's transactions would be refused; empty if they would not.
   *
   * @throws ExecutionException if the brokers can't say just now: they are coming back, say
   */
  Optional<String> problem() throws ExecutionException, InterruptedException {
    Properties properties = settings.clientProperties();
    properties.put(
        ProducerConfig.TRANSACTIONAL_ID_CONFIG, settings.transactionalIdPrefix() + "-start");
    long millis = settings.transactionTimeout().toMillis();
    properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Math.toIntExact(millis));
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(limit.toMillis()));
    KafkaProducer<byte[], byte[]> producer;
    try {
      producer =
          new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    } catch (KafkaException e) {
      return Optional.of("kafka: " + ClientProblem.text(e));
    }
    try {
      producer.initTransactions();
      return Optional.empty();
    } catch (InterruptException e) {
      Thread.interrupted(); // Kafka's exception has set it again
      throw new InterruptedException(e.getMessage());
    } catch (RetriableException e) {
      throw new ExecutionException(e);
    } catch (KafkaException e) {
      return Optional.of(told(String.valueOf(e.getMessage()), millis));
    } finally {
      producer.close(Duration.ZERO);
    }
  }

  private static String told(String why, long millis) {
    return why.contains(BROKERS_LIMIT)
        ? "kafka.transactionTimeoutMillis: %d is more than the brokers allow, see their %s"
            .formatted(millis, BROKERS_LIMIT)
        : "kafka.delivery: exactly_once is not possible on these brokers: " + why;
  }
}

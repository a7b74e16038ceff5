package io.andon.ingest.kafka;

import io.andon.kafka.ClientProblem;
import io.andon.kafka.RetryPause;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;

/**
 * Waits for the name service. Kafka's clients wait for a broker that is away, but can't be made
 * before one of the brokers' names is known; a network may come up after its machine, and a
 * container's name goes with the container.
 */
public final class BrokerNames {
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final Duration firstPause;
  private final Consumer<String> told;

  /**
   * @param firstPause between the first two attempts; later ones are twice as long each, 30 s at
   *     most
   * @param told is told, once for each thing that is waited for, why it has to wait
   */
  public BrokerNames(Duration firstPause, Consumer<String> told) {
    this.firstPause = firstPause;
    this.told = told;
  }

  /**
   * Something that asks for the brokers' names.
   *
   * @param <T> what it gives
   * @param <E> why it may fail for good
   */
  public interface Attempt<T, E extends Exception> {
    T make() throws E, InterruptedException;
  }

  /**
   * What the first attempt gives for which a name is known.
   *
   * @throws KafkaException if the client can't be made for another reason
   */
  public <T, E extends Exception> T await(Attempt<T, E> attempt) throws E, InterruptedException {
    RetryPause pause = new RetryPause(firstPause, LONGEST_PAUSE);
    boolean waits = false;
    while (true) {
      try {
        return attempt.make();
      } catch (KafkaException e) {
        if (!ClientProblem.isUnresolvedName(e)) {
          throw e;
        }
        if (!waits) {
          waits = true;
          told.accept("kafka: " + ClientProblem.text(e) + "; trying again until a name is known");
        }
      }
      pause.sleep();
    }
  }
}

package io.andon.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.ingest.metrics.DropReason;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class DropLogTest {
  private static final long SECOND = 1_000_000_000L;

  private final List<String> warned = new ArrayList<>();
  private final List<String> informed = new ArrayList<>();
  private long nanos = -30 * SECOND; // a monotonic clock may begin anywhere
  private final DropLog log = new DropLog(() -> nanos, warned::add, informed::add);

  @Test
  void theFirstDropOfAReasonIsToldWithWhatTheBrokerSaid() {
    log.dropped("press-1", DropReason.DELIVERY_FAILED, new TimeoutException("Expiring 3 records"));

    assertThat(warned)
        .containsExactly(
            "camera press-1: frame dropped, delivery-failed:"
                + " TimeoutException: Expiring 3 records");
  }

  @Test
  void moreOfTheReasonAreCountedAndToldOnceAMinute() {
    for (int second = 0; second < 130; second++) {
      log.dropped("press-1", DropReason.DELIVERY_FAILED, new TimeoutException("late"));
      log.dropped("press-2", DropReason.DELIVERY_FAILED, new TimeoutException("late"));
      nanos += SECOND;
    }

    assertThat(warned).hasSize(3);
    assertThat(warned.get(1))
        .endsWith("of all cameras 119 more for this reason since the last such line");
    assertThat(warned.get(2)).contains(" 119 more ");
  }

  /** The client tries to log in once a second; the frames between find no topic. */
  @Test
  void aRefusedLogInIsToldBesideTheSilenceThatItLooksLike() {
    for (int second = 0; second < 60; second++) {
      log.dropped("a", DropReason.DELIVERY_FAILED, new TimeoutException("no topic"));
      log.dropped("a", DropReason.DELIVERY_FAILED, new SaslAuthenticationException("hunter2"));
      nanos += SECOND;
    }

    assertThat(warned)
        .containsExactly(
            "camera a: frame dropped, delivery-failed: TimeoutException: no topic",
            "camera a: frame dropped, delivery-failed: SaslAuthenticationException");
  }

  @Test
  void anotherReasonIsToldAtOnce() {
    log.dropped("press-1", DropReason.QUEUE_FULL, null);
    log.dropped("press-1", DropReason.BUFFER_FULL, null);

    assertThat(warned)
        .containsExactly(
            "camera press-1: frame dropped, queue-full",
            "camera press-1: frame dropped, buffer-full");
  }

  @Test
  void theEndIsToldOnceWhenFramesAreTakenAndNoneIsDroppedForAWhile() {
    log.taken();
    log.dropped("press-1", DropReason.DELIVERY_FAILED, new TimeoutException("late"));
    log.dropped("press-1", DropReason.DELIVERY_FAILED, new TimeoutException("late"));
    log.taken();
    assertThat(informed).as("another partition's broker may still be away").isEmpty();

    nanos += DropLog.SETTLED_NANOS;
    log.taken();
    log.taken();

    assertThat(informed).containsExactly("frames reach Kafka again; dropped were 2");
  }

  @Test
  void aBrokerThatComesAndGoesIsNotToldMoreThanOnceAMinute() {
    for (int second = 0; second < 600; second++) {
      if (second % 10 == 0) {
        log.dropped("press-1", DropReason.BUFFER_FULL, null);
      }
      log.taken();
      nanos += SECOND;
    }

    assertThat(warned).hasSize(10);
    assertThat(informed).hasSize(10);
  }

  @Test
  void aFrameThatIsTooLargeIsNoTroubleOfTheBroker() {
    log.dropped("press-1", DropReason.TOO_LARGE, null);
    nanos += DropLog.SETTLED_NANOS;
    log.taken();

    assertThat(warned).hasSize(1);
    assertThat(informed).isEmpty();
  }

  @Test
  void messagesThatMayHoldSettingsAreNotRepeated() {
    log.dropped("a", DropReason.DELIVERY_FAILED, new KafkaException("jaas hunter2"));
    log.dropped("a", DropReason.BUFFER_FULL, new SaslAuthenticationException("hunter2"));

    assertThat(warned)
        .containsExactly(
            "camera a: frame dropped, delivery-failed: KafkaException",
            "camera a: frame dropped, buffer-full: SaslAuthenticationException");
  }
}

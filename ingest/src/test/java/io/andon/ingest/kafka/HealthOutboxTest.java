package io.andon.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.contracts.HealthEvent;
import io.andon.contracts.HealthEvent.Fault;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class HealthOutboxTest {
  private final AtomicInteger arrived = new AtomicInteger();
  private final AtomicInteger dropped = new AtomicInteger();
  private final HealthOutbox outbox =
      new HealthOutbox(2, arrived::incrementAndGet, dropped::incrementAndGet);

  @Test
  void newsBeyondItsRoomIsToldWhenABrokerAnswersTheNewestOfEachFault() {
    HealthEvent first = offer("a", Fault.STALLED, true);
    HealthEvent second = offer("a", Fault.STALLED, false);
    offer("a", Fault.UNREACHABLE, true);
    HealthEvent ended = offer("a", Fault.UNREACHABLE, false);
    HealthEvent other = offer("b", Fault.UNREACHABLE, true);
    assertThat(arrived).hasValue(2);
    assertThat(outbox.poll()).isEqualTo(first);
    assertThat(outbox.poll()).isEqualTo(second);
    assertThat(outbox.poll()).isNull();

    outbox.answered();

    assertThat(outbox.poll()).isEqualTo(ended);
    assertThat(outbox.poll()).isEqualTo(other);
    assertThat(arrived).hasValue(4);
    assertThat(dropped).as("the begin that its end overtook").hasValue(1);
  }

  @Test
  void whatABrokerRefusesForGoodIsDropped() {
    HealthEvent event = offer("a", Fault.STALLED, true);
    outbox.poll();
    outbox.missed(event, new TopicAuthorizationException("health"));
    outbox.answered();

    assertThat(outbox.poll()).isNull();
    assertThat(dropped).hasValue(1);
  }

  @Test
  void whatWasOvertakenWhileItWaitedIsDropped() {
    HealthEvent event = offer("a", Fault.STALLED, true);
    outbox.poll();
    outbox.missed(event, new TimeoutException());
    HealthEvent newer = offer("a", Fault.STALLED, false);
    outbox.answered();

    assertThat(outbox.poll()).isEqualTo(newer);
    assertThat(outbox.poll()).isNull();
    assertThat(dropped).hasValue(1);
  }

  private HealthEvent offer(String camera, Fault fault, boolean active) {
    HealthEvent event =
        new HealthEvent(camera, fault, active, HealthEvent.Source.INGEST, 1, null, "");
    outbox.offer(event);
    return event;
  }
}

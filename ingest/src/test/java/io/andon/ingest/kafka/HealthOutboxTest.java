package io.andon.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.contracts.HealthEvent;
import io.andon.contracts.HealthEvent.Fault;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class HealthOutboxTest {
  private final AtomicLong nanos = new AtomicLong(7);
  private final AtomicInteger arrived = new AtomicInteger();
  private final AtomicInteger dropped = new AtomicInteger();
  private final HealthOutbox outbox =
      new HealthOutbox(2, nanos::get, arrived::incrementAndGet, dropped::incrementAndGet);

  @Test
  void newsBeyondItsRoomIsToldWhenOtherNewsIsTakenTheNewestOfEachFault() {
    HealthEvent first = offer("a", Fault.STALLED, true);
    HealthEvent second = offer("a", Fault.STALLED, false);
    offer("a", Fault.UNREACHABLE, true);
    HealthEvent ended = offer("a", Fault.UNREACHABLE, false);
    HealthEvent other = offer("b", Fault.UNREACHABLE, true);
    assertThat(arrived).hasValue(2);
    assertThat(outbox.poll()).isEqualTo(first);
    assertThat(outbox.poll()).isEqualTo(second);
    assertThat(outbox.poll()).isNull();

    outbox.told();

    assertThat(outbox.poll()).isEqualTo(ended);
    assertThat(outbox.poll()).isEqualTo(other);
    assertThat(arrived).hasValue(4);
    assertThat(dropped).as("the begin that its end overtook").hasValue(1);
  }

  @Test
  void whatNoBrokerWillEverTakeIsDroppedAloneAndHoldsNothingUp() {
    HealthEvent event = offer("a", Fault.STALLED, true);
    outbox.poll();
    HealthEvent next = offer("b", Fault.STALLED, true);
    assertThat(outbox.missed(event, new RecordTooLargeException())).isFalse();

    assertThat(outbox.poll()).isEqualTo(next);
    assertThat(outbox.poll()).isNull();
    assertThat(dropped).hasValue(1);
  }

  @Test
  void aRightThatIsMissingLosesNothing() {
    HealthEvent event = offer("a", Fault.STALLED, true);
    outbox.poll();
    outbox.missed(event, new TopicAuthorizationException("health"));
    outbox.told();

    assertThat(outbox.poll()).isEqualTo(event);
    assertThat(dropped).hasValue(0);
  }

  @Test
  void whatWasOvertakenWhileItWaitedIsDropped() {
    HealthEvent event = offer("a", Fault.STALLED, true);
    outbox.poll();
    outbox.missed(event, new TimeoutException());
    HealthEvent newer = offer("a", Fault.STALLED, false);
    outbox.told();

    assertThat(outbox.poll()).isEqualTo(newer);
    assertThat(outbox.poll()).isNull();
    assertThat(dropped).hasValue(1);
  }

  @Test
  void whileNoneIsTakenOneIsTriedNowAndThenAndTheOthersFollowWhenItIsTaken() {
    HealthEvent first = offer("a", Fault.STALLED, true);
    HealthEvent second = offer("b", Fault.STALLED, true);
    outbox.poll();
    assertThat(outbox.missed(first, new TimeoutException())).as("news").isTrue();
    HealthEvent third = offer("c", Fault.STALLED, true);
    outbox.tryOne();
    assertThat(outbox.poll()).as("those that waited and new ones are kept").isNull();

    nanos.addAndGet(HealthOutbox.TRY_NANOS);
    outbox.tryOne();
    outbox.tryOne();
    assertThat(outbox.poll()).isEqualTo(first);
    assertThat(outbox.poll()).as("one alone").isNull();
    assertThat(outbox.missed(first, new TimeoutException())).as("news").isFalse();

    nanos.addAndGet(HealthOutbox.TRY_NANOS - 1);
    outbox.tryOne();
    assertThat(outbox.poll()).isNull();
    nanos.addAndGet(1);
    outbox.tryOne();
    assertThat(outbox.poll()).isEqualTo(second);
    assertThat(outbox.told()).as("news").isTrue();
    assertThat(outbox.poll()).isEqualTo(third);
    assertThat(outbox.poll()).isEqualTo(first);
    assertThat(outbox.told()).as("news").isFalse();
    assertThat(dropped).hasValue(0);
  }

  @Test
  void whatIsOvertakenWhileItIsTriedIsDropped() {
    HealthEvent event = offer("a", Fault.STALLED, true);
    outbox.poll();
    outbox.missed(event, new TimeoutException());
    nanos.addAndGet(HealthOutbox.TRY_NANOS);
    outbox.tryOne();
    assertThat(outbox.poll()).isEqualTo(event);
    HealthEvent newer = offer("a", Fault.STALLED, false);
    outbox.missed(event, new TimeoutException());
    assertThat(dropped).hasValue(1);

    outbox.told();

    assertThat(outbox.poll()).isEqualTo(newer);
    assertThat(outbox.poll()).isNull();
  }

  private HealthEvent offer(String camera, Fault fault, boolean active) {
    HealthEvent event =
        new HealthEvent(camera, fault, active, HealthEvent.Source.INGEST, 1, null, "");
    outbox.offer(event);
    return event;
  }
}

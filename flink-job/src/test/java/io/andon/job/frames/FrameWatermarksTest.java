package io.andon.job.frames;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.junit.jupiter.api.Test;

class FrameWatermarksTest {
  private static final long CAPTURED = 1_000_000;
  private static final long DISORDER = 1_000;

  private final Hands clock = new Hands();
  private final Output output = new Output();
  private double heard;
  private final Reading reading = new Reading(Duration.ofSeconds(5), clock, () -> heard);
  private final FrameWatermarks marks = marks();

  private FrameWatermarks marks() {
    return new FrameWatermarks(Duration.ofMillis(DISORDER), Duration.ofSeconds(5), reading);
  }

  private RawRecord frame(long ageMillis) {
    long written = clock.millis - ageMillis;
    return new RawRecord("t", 0, 0, written, 0, null, new String[0], new byte[0][], null);
  }

  @Test
  void aSilentPartitionGoesOnWithTheWallClockWhileItsSourceIsHeardOf() {
    marks.onEvent(frame(100), CAPTURED, output);
    pass(Duration.ofSeconds(4), true);
    assertThat(output.lastMillis).isEqualTo(CAPTURED - DISORDER - 1);

    pass(Duration.ofSeconds(20), true);

    assertThat(output.lastMillis).isEqualTo(CAPTURED + 24_000 - DISORDER - 1);
  }

  @Test
  void timeWithoutABrokerIsNoSilence() {
    marks.onEvent(frame(100), CAPTURED, output);

    pass(Duration.ofMinutes(1), false);

    assertThat(output.lastMillis).isEqualTo(CAPTURED - DISORDER - 1);
  }

  @Test
  void timeInWhichTheProcessStoodStillIsNoSilence() {
    marks.onEvent(frame(100), CAPTURED, output);

    clock.millis += 30_000;
    heard++;
    marks.onPeriodicEmit(output);

    assertThat(output.lastMillis).isEqualTo(CAPTURED - DISORDER - 1);
  }

  @Test
  void aPartitionThatWaitsBehindOldFramesOfAnotherIsNotSilent() {
    FrameWatermarks other = marks();
    Output ofOther = new Output();
    marks.onEvent(frame(60_000), CAPTURED, output);

    for (int second = 0; second < 30; second++) {
      other.onEvent(frame(60_000), CAPTURED + second * 1_000L, ofOther);
      pass(Duration.ofSeconds(1), true);
    }

    assertThat(output.lastMillis).isEqualTo(CAPTURED - DISORDER - 1);
  }

  @Test
  void aPartitionIsSilentThoughAnotherGivesFreshFrames() {
    FrameWatermarks other = marks();
    Output ofOther = new Output();
    marks.onEvent(frame(100), CAPTURED, output);

    for (int second = 0; second < 30; second++) {
      other.onEvent(frame(100), CAPTURED + second * 1_000L, ofOther);
      pass(Duration.ofSeconds(1), true);
    }

    assertThat(output.lastMillis).isEqualTo(CAPTURED + 30_000 - DISORDER - 1);
  }

  @Test
  void afterAMinuteWithoutAnyFrameOldOnesCanNotBeWaiting() {
    marks.onEvent(frame(600_000), CAPTURED, output);
    pass(Duration.ofSeconds(60), true);
    assertThat(output.lastMillis).isEqualTo(CAPTURED - DISORDER - 1);

    pass(Duration.ofSeconds(20), true);

    assertThat(output.lastMillis).isGreaterThan(CAPTURED + 5_000);
  }

  @Test
  void aPartitionWithoutAFrameBecomesIdle() {
    pass(Duration.ofSeconds(6), true);

    assertThat(output.idle).isTrue();
  }

  @Test
  void aPartitionWhoseFirstFrameMayWaitBehindOldOnesOfAnotherIsNotIdle() {
    FrameWatermarks other = marks();
    Output ofOther = new Output();

    for (int second = 0; second < 30; second++) {
      other.onEvent(frame(60_000), CAPTURED + second * 1_000L, ofOther);
      pass(Duration.ofSeconds(1), true);
    }
    assertThat(output.idle).isFalse();

    for (int second = 30; second < 40; second++) {
      other.onEvent(frame(100), CAPTURED + second * 1_000L, ofOther);
      pass(Duration.ofSeconds(1), true);
    }
    assertThat(output.idle).isTrue();
  }

  private void pass(Duration time, boolean inContact) {
    for (long passed = 0; passed < time.toMillis(); passed += 200) {
      clock.millis += 200;
      heard += inContact ? 100 : 0;
      marks.onPeriodicEmit(output);
    }
  }

  /** A clock that is set by hand. */
  private static final class Hands extends Clock {
    private long millis = 5_000_000;

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  /** Keeps what was given last. */
  private static final class Output implements WatermarkOutput {
    private long lastMillis = Long.MIN_VALUE;
    private boolean idle;

    @Override
    public void emitWatermark(Watermark watermark) {
      lastMillis = watermark.getTimestamp();
    }

    @Override
    public void markIdle() {
      idle = true;
    }

    @Override
    public void markActive() {
      idle = false;
    }
  }
}

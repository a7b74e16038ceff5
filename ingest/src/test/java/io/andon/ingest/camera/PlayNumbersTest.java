package io.andon.ingest.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class PlayNumbersTest {
  private Instant now = Instant.ofEpochSecond(1_800_000_000);

  @Test
  void increaseEvenWhenTheClockIsSetBack() {
    PlayNumbers plays = new PlayNumbers(() -> now);
    long first = plays.next();
    now = now.minusSeconds(60);
    assertThat(plays.next()).isEqualTo(first + 1);
  }

  @Test
  void aLaterProcessGoesOnAbove() {
    long before = new PlayNumbers(() -> now).next();
    now = now.plusMillis(1);
    assertThat(new PlayNumbers(() -> now).next()).isGreaterThan(before);
  }
}

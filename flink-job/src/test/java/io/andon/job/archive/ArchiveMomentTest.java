package io.andon.job.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArchiveMomentTest {
  private static final long INTERVAL_MILLIS = 60_000;
  private static final long FRAME_MICROS = 100_000;

  @Test
  void comesWithTheEndOfWarmUpThenOnceAnInterval() {
    List<Long> due = due("press-1", 45, 300);

    assertThat(due.get(0)).isEqualTo(450);
    assertThat(due).hasSizeBetween(5, 6); // 255 s follow
    for (int i = 2; i < due.size(); i++) {
      assertThat(due.get(i) - due.get(i - 1)).isEqualTo(600);
    }
  }

  @Test
  void isTheSameWhereverARestartCutsTheFrames() {
    // Each frame is judged by itself: there is nothing that a restart could lose.
    assertThat(due("press-1", 45, 300)).isEqualTo(due("press-1", 45, 300));
    assertThat(new ArchiveMoment(10, true).isDue(new ArchiveMoment(20, true), "a", 1)).isFalse();
  }

  @Test
  void liesElsewhereForEachCamera() {
    Set<Long> frames = new HashSet<>();
    for (int camera = 0; camera < 100; camera++) {
      frames.add(due("camera-" + camera, 1, 120).get(1));
    }

    assertThat(frames).as("of 600 places").hasSizeGreaterThan(80);
  }

  @Test
  void neverComesInWarmUp() {
    assertThat(due("press-1", 400, 300)).isEmpty();
  }

  /** Numbers of the frames, ten a second, at which a snapshot is due. */
  private static List<Long> due(String camera, int warmUpSeconds, int seconds) {
    List<Long> due = new ArrayList<>();
    ArchiveMoment before = new ArchiveMoment(0, false);
    for (long frame = 1; frame < seconds * 10L; frame++) {
      long own = frame * FRAME_MICROS;
      ArchiveMoment after = new ArchiveMoment(own, own >= warmUpSeconds * 1_000_000L);
      if (before.isDue(after, camera, INTERVAL_MILLIS)) {
        due.add(frame);
      }
      before = after;
    }
    return due;
  }
}

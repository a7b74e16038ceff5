package io.andon.job.archive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotNameTest {
  @Test
  void tellsTheLastFrameAndIsReadBack() {
    SnapshotName name = new SnapshotName(1_700_000_000_123_456L, 7, 41);

    assertThat(name.fileName()).isEqualTo("1700000000123456-7-41.andt");
    assertThat(SnapshotName.parse(name.fileName())).contains(name);
  }

  @Test
  void takesTheLargestNumbersThatAFrameMayHave() {
    SnapshotName name = new SnapshotName(1, Long.MAX_VALUE, Long.MAX_VALUE);

    assertThat(SnapshotName.parse(name.fileName())).contains(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1-2-3",
        "1-2-3.andt.unfinished",
        ".1-2-3.andt",
        "1-2.andt",
        "-1-2-3.andt",
        "1-2-9999999999999999999.andt",
        "1-2-99999999999999999999.andt",
        "readme.txt"
      })
  void leavesForeignFilesAlone(String fileName) {
    assertThat(SnapshotName.parse(fileName)).isEmpty();
  }

  @Test
  void isOrderedAsFramesAreNotByACamerasClock() {
    SnapshotName clockRanBack = new SnapshotName(100, 2, 1);
    SnapshotName before = new SnapshotName(200, 1, 999);

    assertThat(before).isLessThan(clockRanBack);
    assertThat(new SnapshotName(0, 2, 9)).isLessThan(new SnapshotName(0, 2, 10));
    assertThat(before.isBefore(2, 0)).isTrue();
    assertThat(before.isBefore(1, 1_000)).isTrue();
    assertThat(before.isBefore(1, 999)).as("the frame it has seen").isFalse();
  }
}

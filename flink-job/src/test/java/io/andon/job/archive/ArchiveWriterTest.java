package io.andon.job.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.job.archive.ArchiveNews.Dropped;
import io.andon.job.archive.TestSnapshots.Counts;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ArchiveWriterTest {
  private static final ArchivedSnapshot SNAPSHOT = TestSnapshots.after("press-1", 1);

  private final Counts counts = new Counts();

  @Test
  void aFileSystemThatHangsHoldsNobodyUpAndWhatFindsTheQueueFullIsCounted() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (ArchiveWriter writer =
        new ArchiveWriter(
            snapshot -> {
              begun.countDown();
              await(goOn);
            },
            counts)) {
      writer.offer(SNAPSHOT);
      begun.await();
      for (int i = 0; i < ArchiveWriter.QUEUE + 5; i++) {
        writer.offer(SNAPSHOT); // none waits, though nothing is written
      }

      assertThat(counts.written).hasValue(0);
      assertThat(counts.droppedFor(Dropped.QUEUE_FULL)).isEqualTo(5);
      goOn.countDown();
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .untilAtomic(counts.written, org.hamcrest.Matchers.is(17));
    }
  }

  @Test
  void largeSnapshotsFillTheQueueByTheirBytes() throws Exception {
    ArchivedSnapshot large = TestSnapshots.ofBytes((int) (ArchiveWriter.QUEUE_BYTES / 2));
    CountDownLatch goOn = new CountDownLatch(1);
    try (ArchiveWriter writer = new ArchiveWriter(snapshot -> await(goOn), counts)) {
      writer.offer(large);
      writer.offer(large);
      writer.offer(large);

      assertThat(counts.droppedFor(Dropped.QUEUE_FULL)).isEqualTo(1);
      goOn.countDown();
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .untilAtomic(counts.written, org.hamcrest.Matchers.is(2));
    }
  }

  @Test
  void aFileSystemThatFailsFailsNothingElseAndIsTriedAgain() {
    int[] calls = {0};
    try (ArchiveWriter writer =
        new ArchiveWriter(
            snapshot -> {
              calls[0]++;
              if (calls[0] == 1) {
                throw new IOException("no space left");
              } else if (calls[0] == 2) {
                throw new IllegalStateException("a plug-in's own kind of failure");
              }
            },
            counts)) {
      for (int i = 0; i < 3; i++) {
        writer.offer(SNAPSHOT);
      }
    }

    assertThat(counts.droppedFor(Dropped.WRITE_FAILED)).isEqualTo(2);
    assertThat(counts.written).hasValue(1);
  }

  @Test
  void closingWaitsOnlyAMomentAndCountsWhatIsLost() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    ArchiveWriter writer =
        new ArchiveWriter(
            snapshot -> {
              begun.countDown();
              await(new CountDownLatch(1)); // for ever
            },
            counts);
    writer.offer(SNAPSHOT);
    begun.await();
    writer.offer(SNAPSHOT);
    writer.offer(SNAPSHOT);

    writer.close();

    assertThat(counts.droppedFor(Dropped.SHUTDOWN)).isEqualTo(2);
    assertThat(counts.written).hasValue(0);
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
  }
}

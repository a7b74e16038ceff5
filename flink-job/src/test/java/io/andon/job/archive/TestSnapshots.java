package io.andon.job.archive;

import io.andon.contracts.ClockSource;
import io.andon.detection.FrameStamp;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** Snapshots with seeded bytes in place of a detector's, and counts of what becomes of them. */
final class TestSnapshots {
  private TestSnapshots() {}

  /** The camera's snapshot after its frame of this number, one a second. */
  static ArchivedSnapshot after(String camera, long seq) {
    byte[] detector = new byte[5_000];
    new Random(seq).nextBytes(detector);
    return of(camera, seq, detector);
  }

  /** A snapshot whose detector's has so many bytes. */
  static ArchivedSnapshot ofBytes(int bytes) {
    return of("large", 1, new byte[bytes]);
  }

  private static ArchivedSnapshot of(String camera, long seq, byte[] detector) {
    return new ArchivedSnapshot(
        camera,
        "andon.frames",
        new FrameStamp(1_700_000_000_000_000L + seq * 1_000_000, 3, seq, 2, 10 + seq),
        ClockSource.SENDER,
        "fake@7/fp32/any",
        Map.of("warmUpMillis", "12000", "falseAlarmsPerDay", "2.0"),
        "settings",
        detector);
  }

  /** Counts. */
  static final class Counts implements ArchiveNews {
    final AtomicInteger written = new AtomicInteger();
    final AtomicInteger deleted = new AtomicInteger();
    final AtomicInteger deleteFailures = new AtomicInteger();
    final Map<Dropped, AtomicInteger> dropped = new EnumMap<>(Dropped.class);

    Counts() {
      for (Dropped reason : Dropped.values()) {
        dropped.put(reason, new AtomicInteger());
      }
    }

    int droppedFor(Dropped reason) {
      return dropped.getOrDefault(reason, new AtomicInteger()).get();
    }

    @Override
    public void taken(Duration time) {}

    @Override
    public void written() {
      written.incrementAndGet();
    }

    @Override
    public void dropped(Dropped reason) {
      dropped.getOrDefault(reason, new AtomicInteger()).incrementAndGet();
    }

    @Override
    public void deleted(int count) {
      deleted.addAndGet(count);
    }

    @Override
    public void deleteFailed() {
      deleteFailures.incrementAndGet();
    }
  }
}

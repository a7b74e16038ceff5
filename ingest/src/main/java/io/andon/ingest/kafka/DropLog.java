package io.andon.ingest.kafka;

import io.andon.contracts.BoundedText;
import io.andon.ingest.metrics.DropReason;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * Says why frames are dropped, without saying it for each: the first of a reason, then one line a
 * minute and reason at most, another where the brokers refuse to let this process in, and when
 * frames reach Kafka again. Bounded by the number of reasons. Thread-safe.
 */
final class DropLog {
  /** Shortest time between two lines of a reason. */
  static final long QUIET_NANOS = 60_000_000_000L;

  /** Frames reach Kafka again when one does and none was dropped for so long. */
  static final long SETTLED_NANOS = 5_000_000_000L;

  private final LongSupplier nanoTime;
  private final Consumer<String> warn;
  private final Consumer<String> info;
  private final Map<Cause, Line> lines = new HashMap<>();
  private boolean troubled;
  private long troublesDrops;
  private long droppedNanos;

  /** Brokers that refuse the log-in look like silent ones to most frames, but are told too. */
  private record Cause(DropReason reason, boolean refused) {}

  /** A line that was written, and what was dropped since. */
  private static final class Line {
    private long writtenNanos;
    private long dropsSince;
  }

  /**
   * Makes a log to which nothing was said.
   *
   * @param nanoTime monotonic clock, nanoseconds
   * @param warn takes lines about drops
   * @param info takes lines about their end
   */
  DropLog(LongSupplier nanoTime, Consumer<String> warn, Consumer<String> info) {
    this.nanoTime = nanoTime;
    this.warn = warn;
    this.info = info;
  }

  /**
   * A frame was dropped.
   *
   * @param failure what the producer or the broker said; null where nobody was asked
   */
  synchronized void dropped(String camera, DropReason reason, @Nullable Exception failure) {
    long now = nanoTime.getAsLong();
    Cause cause = new Cause(reason, failure instanceof AuthenticationException);
    Line line = lines.get(cause);
    boolean due = line == null || now - line.writtenNanos >= QUIET_NANOS;
    if (line == null) {
      line = new Line();
      lines.put(cause, line);
    }
    if (due) {
      warn.accept(text(camera, reason, failure, line.dropsSince));
      line.writtenNanos = now;
      line.dropsSince = 0;
    } else {
      line.dropsSince++;
    }
    // A frame that is too large says nothing about the broker.
    if (reason != DropReason.TOO_LARGE) {
      troubled |= due;
      troublesDrops += troubled ? 1 : 0;
      droppedNanos = now;
    }
  }

  /** A frame reached Kafka. */
  synchronized void taken() {
    if (troubled && nanoTime.getAsLong() - droppedNanos >= SETTLED_NANOS) {
      info.accept("frames reach Kafka again; dropped were " + troublesDrops);
      troubled = false;
      troublesDrops = 0;
    }
  }

  private static String text(
      String camera, DropReason reason, @Nullable Exception failure, long dropsSince) {
    StringBuilder text =
        new StringBuilder("camera ")
            .append(camera)
            .append(": frame dropped, ")
            .append(reason.wireName());
    if (failure != null) {
      text.append(": ").append(said(failure));
    }
    if (dropsSince > 0) {
      text.append("; of all cameras ")
          .append(dropsSince)
          .append(" more for this reason since the last such line");
    }
    return text.toString();
  }

  /** Why a frame is dropped that the producer did not take or deliver. */
  static DropReason reason(Exception failure) {
    if (failure instanceof BufferExhaustedException) {
      return DropReason.BUFFER_FULL;
    }
    return failure instanceof RecordTooLargeException
        ? DropReason.TOO_LARGE
        : DropReason.DELIVERY_FAILED;
  }

  /**
   * What is said of a record names topics, sizes and times. Other messages, and those about logging
   * in, may hold settings, so of these the kind must do.
   */
  static String said(Exception failure) {
    String kind = failure.getClass().getSimpleName();
    boolean ofRecord =
        failure instanceof ApiException && !(failure instanceof AuthenticationException);
    return ofRecord && failure.getMessage() != null
        ? BoundedText.of(kind + ": " + failure.getMessage())
        : kind;
  }
}

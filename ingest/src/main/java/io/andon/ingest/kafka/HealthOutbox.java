package io.andon.ingest.kafka;

import io.andon.contracts.HealthEvent;
import io.andon.contracts.HealthEvent.Fault;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Camera faults on their way to the producer. What was not taken, or found no room here, is kept,
 * but of each fault of a camera the newest event only: older ones would mislead. From the first
 * that is not taken all are kept, since the producer may wait for each; then one is tried every
 * {@link #TRY_NANOS}, and when one is taken the others follow. Frames that are taken say nothing
 * here: the topic of the faults may be missing alone. Bounded by its capacity and the number of
 * cameras. Never blocks beyond a few instructions. Thread-safe.
 */
final class HealthOutbox {
  /** From an event that was not taken until another is tried. */
  static final long TRY_NANOS = 30_000_000_000L;

  private final int capacity;
  private final LongSupplier nanoTime;
  private final Runnable arrived;
  private final Runnable dropped;
  private final ArrayDeque<HealthEvent> queue = new ArrayDeque<>();
  private final Map<Key, HealthEvent> newest = new HashMap<>();
  // In the order in which they were missed.
  private final Map<Key, HealthEvent> untold = new LinkedHashMap<>();
  // Since one was not taken, until one is.
  private boolean held;
  private long triedNanos;
  private boolean abandoned;

  /** What an event is news of: another fault of the same camera has a life of its own. */
  private record Key(String camera, Fault fault) {
    static Key of(HealthEvent event) {
      return new Key(event.camera(), event.fault());
    }
  }

  /**
   * Makes an empty one.
   *
   * @param capacity most events that wait for the producer, at least 1
   * @param nanoTime monotonic clock, nanoseconds
   * @param arrived called for each event that {@link #poll} will give
   * @param dropped called for each event that will never be told
   */
  HealthOutbox(int capacity, LongSupplier nanoTime, Runnable arrived, Runnable dropped) {
    this.capacity = capacity;
    this.nanoTime = nanoTime;
    this.triedNanos = nanoTime.getAsLong();
    this.arrived = arrived;
    this.dropped = dropped;
  }

  /** Takes an event. */
  synchronized void offer(HealthEvent event) {
    newest.put(Key.of(event), event);
    if (held) {
      keep(event);
    } else {
      enqueue(event);
    }
  }

  /** The oldest event that waits for the producer, or null. */
  synchronized @Nullable HealthEvent poll() {
    return queue.poll();
  }

  /**
   * An event was not taken: it and those that wait are kept, but for one that no broker will ever
   * take as it is, which is dropped alone.
   *
   * @return whether this is news, since events were taken until now
   */
  synchronized boolean missed(HealthEvent event, Exception failure) {
    if (failure instanceof RecordTooLargeException || failure instanceof SerializationException) {
      dropped.run();
      return false;
    }
    boolean news = !held;
    held = true;
    triedNanos = nanoTime.getAsLong();
    keepIfNewest(event);
    for (HealthEvent waiting = queue.poll(); waiting != null; waiting = queue.poll()) {
      keepIfNewest(waiting);
    }
    return news;
  }

  /**
   * An event was taken: those that are kept are told now.
   *
   * @return whether this is news, since none was taken until now
   */
  synchronized boolean told() {
    boolean news = held;
    held = false;
    List<HealthEvent> kept = List.copyOf(untold.values());
    untold.clear();
    kept.forEach(this::enqueueIfNewest);
    return news;
  }

  /** Tries the oldest event that is kept, if it is time to. To be called again and again. */
  synchronized void tryOne() {
    long now = nanoTime.getAsLong();
    if (!untold.isEmpty() && now - triedNanos >= TRY_NANOS) {
      triedNanos = now;
      HealthEvent oldest = untold.values().iterator().next();
      untold.remove(Key.of(oldest));
      enqueueIfNewest(oldest);
    }
  }

  /** Nothing is told from here on: what waits or is kept is dropped, and what comes back. */
  synchronized void abandon() {
    abandoned = true;
    for (int left = queue.size() + untold.size(); left > 0; left--) {
      dropped.run();
    }
    queue.clear();
    untold.clear();
  }

  private void enqueueIfNewest(HealthEvent event) {
    if (isNewest(event)) {
      enqueue(event);
    } else {
      dropped.run();
    }
  }

  private void keepIfNewest(HealthEvent event) {
    if (isNewest(event)) {
      keep(event);
    } else {
      dropped.run();
    }
  }

  private boolean isNewest(HealthEvent event) {
    return event.equals(newest.get(Key.of(event)));
  }

  private void enqueue(HealthEvent event) {
    if (!abandoned && queue.size() < capacity) {
      queue.add(event);
      arrived.run();
    } else {
      keep(event);
    }
  }

  private void keep(HealthEvent event) {
    if (abandoned) {
      dropped.run();
      return;
    }
    if (untold.remove(Key.of(event)) != null) {
      dropped.run();
    }
    untold.put(Key.of(event), event);
  }
}

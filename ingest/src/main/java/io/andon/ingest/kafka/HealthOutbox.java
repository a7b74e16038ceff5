package io.andon.ingest.kafka;

import io.andon.contracts.HealthEvent;
import io.andon.contracts.HealthEvent.Fault;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/**
 * Camera faults on their way to the producer. What no broker took, or found no room here, is kept
 * and told when a broker answers, but of each fault of a camera the newest event only: older ones
 * would mislead. Bounded by its capacity and the number of cameras. Never blocks beyond a few
 * instructions. Thread-safe.
 */
final class HealthOutbox {
  private final int capacity;
  private final Runnable arrived;
  private final Runnable dropped;
  private final ArrayDeque<HealthEvent> queue = new ArrayDeque<>();
  private final Map<Key, HealthEvent> newest = new HashMap<>();
  // In the order in which they were missed.
  private final Map<Key, HealthEvent> untold = new LinkedHashMap<>();

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
   * @param arrived called for each event that {@link #poll} will give
   * @param dropped called for each event that will never be told
   */
  HealthOutbox(int capacity, Runnable arrived, Runnable dropped) {
    this.capacity = capacity;
    this.arrived = arrived;
    this.dropped = dropped;
  }

  /** Takes an event. */
  synchronized void offer(HealthEvent event) {
    newest.put(Key.of(event), event);
    enqueue(event);
  }

  /** The oldest event that waits for the producer, or null. */
  synchronized @Nullable HealthEvent poll() {
    return queue.poll();
  }

  /** The broker did not take an event. */
  synchronized void missed(HealthEvent event, Exception failure) {
    if (failure instanceof RetriableException && isNewest(event)) {
      keep(event);
    } else {
      dropped.run();
    }
  }

  /** A broker answers: what it has not been told is told now. */
  synchronized void answered() {
    if (untold.isEmpty()) {
      return;
    }
    List<HealthEvent> kept = List.copyOf(untold.values());
    untold.clear();
    for (HealthEvent event : kept) {
      if (isNewest(event)) {
        enqueue(event);
      } else {
        dropped.run();
      }
    }
  }

  private boolean isNewest(HealthEvent event) {
    return event.equals(newest.get(Key.of(event)));
  }

  private void enqueue(HealthEvent event) {
    if (queue.size() < capacity) {
      queue.add(event);
      arrived.run();
    } else {
      keep(event);
    }
  }

  private void keep(HealthEvent event) {
    if (untold.remove(Key.of(event)) != null) {
      dropped.run();
    }
    untold.put(Key.of(event), event);
  }
}

package io.andon.ingest.kafka;

import io.andon.ingest.camera.OutgoingFrame;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The bounded hand-off of one camera, from its pull thread to the sending thread. When full, the
 * oldest frame makes room: a late alarm is worth more than a complete past. Never blocks beyond a
 * few instructions. Thread-safe.
 */
final class FrameQueue {
  private final int capacity;
  private final ArrayDeque<OutgoingFrame> frames = new ArrayDeque<>();
  private boolean gap;

  /**
   * Makes an empty queue.
   *
   * @param capacity most frames that wait, at least 1
   */
  FrameQueue(int capacity) {
    this.capacity = capacity;
  }

  /**
   * Adds a frame.
   *
   * @return whether it fitted; false if the oldest frame was dropped for it
   */
  synchronized boolean offer(OutgoingFrame frame) {
    boolean fits = frames.size() < capacity;
    if (!fits) {
      frames.removeFirst();
      gap = true;
    }
    frames.addLast(frame);
    return fits;
  }

  /** Takes the oldest frame, or null; tells whether frames were dropped before it. */
  synchronized @Nullable Taken poll() {
    OutgoingFrame frame = frames.pollFirst();
    if (frame == null) {
      return null;
    }
    Taken taken = new Taken(frame, gap);
    gap = false;
    return taken;
  }

  synchronized int size() {
    return frames.size();
  }

  /**
   * A frame out of the queue.
   *
   * @param frame the frame
   * @param afterGap whether frames before it were dropped
   */
  record Taken(OutgoingFrame frame, boolean afterGap) {}
}

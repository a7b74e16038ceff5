package io.andon.ingest.kafka;

import io.andon.contracts.FrameFlag;
import io.andon.contracts.FrameMetadata;
import io.andon.ingest.camera.OutgoingFrame;
import java.util.EnumSet;
import java.util.Set;

/**
 * Numbers one camera's frames in the order they are handed to the producer, without a gap within a
 * play, and marks the first frame after a reconnection and those after a drop. Thread-safe, since
 * delivery failures are told by the producer's thread.
 */
final class FrameNumbering {
  private static final long NONE = Long.MIN_VALUE;

  private final String camera;
  private long play = NONE;
  private long nextSeq;
  private long drops;
  private long dropsTold;
  private long dropsTelling;

  FrameNumbering(String camera) {
    this.camera = camera;
  }

  /** What the frame's record will say, if it is the next to be handed over. */
  synchronized FrameMetadata next(OutgoingFrame frame) {
    boolean samePlay = frame.play() == play;
    dropsTelling = drops;
    return new FrameMetadata(
        camera,
        frame.capturedMicros(),
        frame.clock(),
        frame.play(),
        samePlay ? nextSeq : 0,
        frame.width(),
        frame.height(),
        flags(frame, !samePlay && play != NONE, drops > dropsTold));
  }

  private static Set<FrameFlag> flags(OutgoingFrame frame, boolean reconnected, boolean dropped) {
    Set<FrameFlag> flags = EnumSet.noneOf(FrameFlag.class);
    add(flags, FrameFlag.RECONNECTED, reconnected);
    add(flags, FrameFlag.DECODE_ERROR, frame.damaged());
    add(flags, FrameFlag.CLOCK_DISTRUSTED, frame.distrusted());
    add(flags, FrameFlag.DROPPED_BEFORE, dropped);
    add(flags, FrameFlag.RATE_LOWERED, frame.rateLowered());
    return flags;
  }

  private static void add(Set<FrameFlag> flags, FrameFlag flag, boolean holds) {
    if (holds) {
      flags.add(flag);
    }
  }

  /** The record that {@link #next} described was handed over: its number is used up. */
  synchronized void handedOver(FrameMetadata frame) {
    play = frame.play();
    nextSeq = frame.seq() + 1;
    dropsTold = dropsTelling;
  }

  /** A frame of this camera was dropped; the next one that is handed over says so. */
  synchronized void dropped() {
    drops++;
  }
}

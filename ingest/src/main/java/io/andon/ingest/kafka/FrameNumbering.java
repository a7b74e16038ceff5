package io.andon.ingest.kafka;

import io.andon.contracts.FrameFlag;
import io.andon.contracts.FrameMetadata;
import io.andon.ingest.camera.OutgoingFrame;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Numbers one camera's frames in the order they are handed to the producer, without a gap within a
 * play, and marks the first frame after a reconnection and those after a drop. A frame that repeats
 * a picture may go without its own only while the picture it repeats was handed over in this play
 * and nothing was lost since; and only in the same play, with nothing lost since the frame before,
 * is it known how many frame intervals lie between the two. Thread-safe, since delivery failures
 * are told by the producer's thread.
 */
final class FrameNumbering {
  private static final long NONE = Long.MIN_VALUE;

  private final String camera;
  private long play = NONE;
  private long nextSeq;
  private long drops;
  private long dropsTold;
  private long dropsTelling;
  private long sentPicture = NONE;
  private long sentPictureSeq;
  private long pictureTelling;

  FrameNumbering(String camera) {
    this.camera = camera;
  }

  /** What the frame's record will say, if it is the next to be handed over. */
  synchronized FrameMetadata next(OutgoingFrame frame) {
    boolean samePlay = frame.play() == play;
    dropsTelling = drops;
    pictureTelling = frame.picture();
    boolean whole = !samePlay || drops > dropsTold || frame.damaged();
    boolean repeats = frame.repeated() && !whole && frame.picture() == sentPicture;
    return new FrameMetadata(
        camera,
        frame.capturedMicros(),
        frame.clock(),
        frame.play(),
        samePlay ? nextSeq : 0,
        frame.width(),
        frame.height(),
        flags(frame, !samePlay && play != NONE, drops > dropsTold),
        repeats ? OptionalLong.of(sentPictureSeq) : OptionalLong.empty(),
        samePlay && drops == dropsTold ? frame.intervals() : 1);
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
    if (!frame.repeatsPicture()) {
      sentPicture = pictureTelling;
      sentPictureSeq = frame.seq();
    }
  }

  /** A frame of this camera was dropped; the next one that is handed over says so. */
  synchronized void dropped() {
    drops++;
  }
}

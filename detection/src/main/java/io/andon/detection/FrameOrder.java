package io.andon.detection;

import org.jspecify.annotations.Nullable;

/** Where a frame stands in its camera's order: by play, then by number within the play. */
public enum FrameOrder {
  /** After the last frame: it can be observed. */
  NEWER,
  /** The last frame again. */
  DUPLICATE,
  /** Earlier in the same play than the last frame. */
  STALE_SEQUENCE,
  /** Of an earlier play than the last frame. */
  STALE_PLAY;

  static FrameOrder of(FrameStamp stamp, @Nullable FrameStamp last) {
    if (last == null || stamp.play() > last.play()) {
      return NEWER;
    }
    if (stamp.play() < last.play()) {
      return STALE_PLAY;
    }
    if (stamp.seq() > last.seq()) {
      return NEWER;
    }
    return stamp.seq() == last.seq() ? DUPLICATE : STALE_SEQUENCE;
  }
}

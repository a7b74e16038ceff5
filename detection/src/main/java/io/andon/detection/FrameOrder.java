package io.andon.detection;

/** Where a frame stands in its camera's order: by play, then by number within the play. */
public enum FrameOrder {
  /** After the last frame: it can be observed. */
  NEWER,
  /** The last frame again. */
  DUPLICATE,
  /** Earlier in the same play than the last frame. */
  STALE_SEQUENCE,
  /** Of an earlier play than the last frame. */
  STALE_PLAY
}

package io.andon.ingest.camera;

/** How far a decoded picture can be trusted. */
public enum Integrity {
  /** As the camera sent it, as far as can be known. */
  WHOLE,
  /** Parts of it, or of pictures that it builds on, were lost or can't be decoded. */
  DAMAGED,
  /** It builds on pictures from before the connection: what was decoded is mostly made up. */
  UNFOUNDED
}

package io.andon.ingest.camera;

/** Where a camera stands. */
public enum CameraPhase {
  /** Being connected to for the first time; nothing is known yet. */
  CONNECTING("connecting"),
  /** Frames come. */
  STREAMING("streaming"),
  /** Connections fail or broke, or the last one hangs; tried again for ever. */
  UNREACHABLE("unreachable");

  private final String wireName;

  CameraPhase(String wireName) {
    this.wireName = wireName;
  }

  /** The name in health output. */
  public String wireName() {
    return wireName;
  }
}

package io.andon.ingest.settings;

/** How readily a picture is called unchanged. */
public enum GateProfile {
  /** Never: every picture is sent. */
  OFF,
  /** Where no block of the picture differs by more than its noise. */
  SAFE,
  /** Where at most one block does, and by a wider margin. */
  AGGRESSIVE
}

package io.andon.detection;

/**
 * Tells when the picture as a whole has become another one for good: most cells are unlike the
 * baseline and at the same time like the frame in which that began. Something that moves in front
 * of the camera is no new scene, since it does not stay like itself.
 */
final class SceneWatch {
  private static final long NOTICE_MICROS = 2_000_000;
  private static final long PATIENCE_MICROS = 2_000_000;
  private static final byte[] NONE = new byte[0];

  private final DetectorSettings.SceneChange settings;
  private byte[] reference = NONE;
  private long since;
  private long lastHeld;

  SceneWatch(DetectorSettings.SceneChange settings) {
    this.settings = settings;
  }

  /**
   * Takes a frame of an open incident.
   *
   * @param frame as the baseline sees it: distances are between such frames
   */
  void step(Observation frame, double[] distances, CellGate gate, long streamMicros) {
    if (reference.length > 0 && streamMicros - lastHeld > PATIENCE_MICROS) {
      forget();
    }
    int cells = distances.length;
    int unlike = cells - (int) Math.round(gate.likeness(distances) * cells);
    if (unlike < settings.share() * cells) {
      return;
    }
    if (reference.length == 0) {
      reference = frame.patches().clone();
      since = streamMicros;
      lastHeld = streamMicros;
    } else if (lasting(frame, distances, gate) >= settings.share() * cells) {
      lastHeld = streamMicros;
    }
  }

  /** Cells that are unlike the baseline and still like the first frame of the new scene. */
  private int lasting(Observation frame, double[] distances, CellGate gate) {
    byte[] patches = frame.patches();
    int channels = frame.channels();
    int lasting = 0;
    for (int cell = 0; cell < distances.length; cell++) {
      if (!gate.isUnlike(cell, distances[cell])) {
        continue;
      }
      int squares = 0;
      for (int i = cell * channels; i < (cell + 1) * channels; i++) {
        int difference = patches[i] - reference[i];
        squares += difference * difference;
      }
      double moved = Math.sqrt(squares);
      if (moved <= distances[cell] / 2 || !gate.isUnlike(cell, moved)) {
        lasting++;
      }
    }
    return lasting;
  }

  /** Whether the new scene has lasted long enough to be called one. */
  boolean isNoticed() {
    return reference.length > 0 && lastHeld - since >= NOTICE_MICROS;
  }

  /** Whether it has lasted so long that it is to be taken for the normal one. */
  boolean isDue() {
    return isNoticed()
        && settings.adoptMillis() > 0
        && lastHeld - since >= settings.adoptMillis() * 1_000L;
  }

  void forget() {
    reference = NONE;
    since = 0;
    lastHeld = 0;
  }

  void write(SnapshotWriter out) {
    out.putBytes(reference);
    out.putLong(since);
    out.putLong(lastHeld);
  }

  /** Reads what {@link #write} wrote; before version 5 the reference was not as it is seen. */
  void read(SnapshotReader in) throws SnapshotException {
    reference = in.takeBytes("reference of a new scene", 0, Observation.MAX_PATCH_VALUES);
    since = in.takeLong();
    lastHeld = in.takeLong();
    if (in.version() < 5) {
      forget();
    }
  }

  /** Whether what was read fits frames that are seen in this shape. */
  boolean fits(FrameShape shape) {
    return reference.length == 0 || reference.length == shape.patchValues();
  }
}

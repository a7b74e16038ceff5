package io.andon.detection;

/** Takes the snapshots of a detector, with room for what they will be. */
final class DetectorSnapshots {
  /** Room beyond the size of the last one: a tenth. */
  private static final int SPARE_PART = 10;

  private final String camera;
  private final DetectorState state;

  /** Bytes of the last one, undo snapshots left out. */
  private int lastBytes;

  DetectorSnapshots(String camera, DetectorState state) {
    this.camera = camera;
    this.state = state;
  }

  byte[] whole() {
    return sealed(true, state.undo.size());
  }

  byte[] withoutUndo() {
    return sealed(false, 0);
  }

  private byte[] sealed(boolean whole, int undoBytes) {
    int expected = lastBytes + lastBytes / SPARE_PART + undoBytes;
    byte[] snapshot = SnapshotFormat.seal(camera, expected, out -> state.write(out, whole));
    lastBytes = snapshot.length - undoBytes;
    return snapshot;
  }
}

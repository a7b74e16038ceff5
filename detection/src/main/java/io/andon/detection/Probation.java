package io.andon.detection;

/**
 * What looked so strange in warm-up that it is not learnt at its first sight. Seen again after a
 * while it is a part of the normal, rare as it may be, and is learnt; what comes but once, like an
 * anomaly during the warm-up, is not. A look counts as seen again if it is as near to the first as
 * two normal looks are.
 */
final class Probation {
  private static final int LOOKS = 4;

  private final PrototypeMemory looks;
  private final int columns;
  private final int rows;

  Probation(int rows, int columns, int channels) {
    this.rows = rows;
    this.columns = columns;
    looks = new PrototypeMemory(rows, columns, channels, LOOKS);
  }

  /**
   * Marks the cells that are not to be learnt, with their neighbours.
   *
   * @param limit distance from which a cell is strange
   * @param againMicros how long after its first sight a look must come for being seen again
   */
  boolean[] skip(
      byte[] patches, double[] distances, double limit, long streamMicros, long againMicros) {
    boolean[] skip = new boolean[distances.length];
    boolean[] known = new boolean[distances.length];
    double[] toLooks = null;
    boolean anyNew = false;
    for (int cell = 0; cell < distances.length; cell++) {
      known[cell] = true;
      if (distances[cell] <= limit) {
        continue;
      }
      if (toLooks == null) {
        toLooks = new double[distances.length];
        looks.distances(patches, toLooks);
      }
      FrameStamp first = looks.nearest(patches, cell);
      if (first == null || toLooks[cell] > limit) {
        known[cell] = false;
        anyNew = true;
        CellGate.markAround(skip, cell, rows, columns);
      } else if (streamMicros - first.capturedMicros() < againMicros) {
        CellGate.markAround(skip, cell, rows, columns);
      }
    }
    if (anyNew) {
      // The detector's own time stands for a capture time, which may jump.
      looks.learn(patches, new FrameStamp(streamMicros, 0, 0, 0, 0), known);
    }
    return skip;
  }

  void write(SnapshotWriter out) {
    looks.write(out);
  }

  void read(SnapshotReader in) throws SnapshotException {
    looks.read(in);
  }
}

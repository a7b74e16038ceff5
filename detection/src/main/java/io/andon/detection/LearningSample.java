package io.andon.detection;

/**
 * A frame that waits to be learnt.
 *
 * @param streamMicros when, in the detector's own time
 * @param stamp which frame
 * @param patches int8 patch features, whitened
 * @param pooled int8 scene signature
 * @param activity movement features; empty if there were none
 * @param skip cells that are not to be learnt, because they looked too unusual, were learnt already
 *     or are marked in {@code never}; may be marked further while it waits
 * @param never cells that an operator forbade; may be marked further while it waits
 * @param whole whether the pooled vector is learnt too
 */
record LearningSample(
    long streamMicros,
    FrameStamp stamp,
    byte[] patches,
    byte[] pooled,
    double[] activity,
    boolean[] skip,
    boolean[] never,
    boolean whole) {

  /** The same for an operator to decide on: what looked unusual is not left out. */
  LearningSample forOperator() {
    return new LearningSample(
        streamMicros, stamp, patches, pooled, activity, never.clone(), never, whole);
  }

  /** Marks cells as never to be learnt. */
  void neverLearn(boolean[] cells) {
    skipAlso(cells);
    for (int cell = 0; cell < never.length; cell++) {
      never[cell] |= cells[cell];
    }
  }

  /** Marks further cells as not to be learnt. */
  void skipAlso(boolean[] cells) {
    for (int cell = 0; cell < skip.length; cell++) {
      skip[cell] |= cells[cell];
    }
  }

  int bytes() {
    int masks = skip.length + never.length;
    return patches.length + pooled.length + activity.length * Double.BYTES + masks + 64;
  }

  void write(SnapshotWriter out) {
    out.putLong(streamMicros);
    out.putStamp(stamp);
    out.putBytes(patches);
    out.putBytes(pooled);
    out.putInt(activity.length);
    for (double value : activity) {
      out.putDouble(value);
    }
    write(skip, out);
    write(never, out);
    out.putBoolean(whole);
  }

  private static void write(boolean[] mask, SnapshotWriter out) {
    for (boolean cell : mask) {
      out.putBoolean(cell);
    }
  }

  /** Reads what {@link #write} wrote; before version 5 no mask told whose it was. */
  static LearningSample read(SnapshotReader in, FrameShape shape) throws SnapshotException {
    long streamMicros = in.takeLong();
    FrameStamp stamp = in.takeStamp();
    byte[] patches = in.takeBytes("patches", shape.patchValues(), shape.patchValues());
    byte[] pooled = in.takeBytes("pooled", shape.pooled(), shape.pooled());
    double[] activity = new double[in.takeInt("activity features", 0, 2 * 8 * 12)];
    for (int i = 0; i < activity.length; i++) {
      activity[i] = in.takeDouble();
    }
    boolean[] skip = readMask(in, shape.cells());
    boolean[] never = in.version() < 5 ? skip.clone() : readMask(in, shape.cells());
    boolean whole = in.version() < 2 || in.takeBoolean();
    byte[] scene =
        in.version() == SnapshotFormat.FIRST_VERSION
            ? SceneSignature.of(patches, shape.channels())
            : pooled;
    return new LearningSample(streamMicros, stamp, patches, scene, activity, skip, never, whole);
  }

  private static boolean[] readMask(SnapshotReader in, int cells) throws SnapshotException {
    boolean[] mask = new boolean[cells];
    for (int i = 0; i < cells; i++) {
      mask[i] = in.takeBoolean();
    }
    return mask;
  }
}

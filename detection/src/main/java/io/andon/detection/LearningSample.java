package io.andon.detection;

/**
 * A frame that waits to be learnt.
 *
 * @param streamMicros when, in the detector's own time
 * @param stamp which frame
 * @param patches int8 patch features, whitened
 * @param pooled int8 scene signature
 * @param activity movement features; empty if there were none
 * @param skip cells that looked too unusual to be learnt; may be marked further while it waits
 * @param whole whether the pooled vector is learnt too
 */
record LearningSample(
    long streamMicros,
    FrameStamp stamp,
    byte[] patches,
    byte[] pooled,
    double[] activity,
    boolean[] skip,
    boolean whole) {

  /** Marks further cells as not to be learnt. */
  void skipAlso(boolean[] cells) {
    for (int cell = 0; cell < skip.length; cell++) {
      skip[cell] |= cells[cell];
    }
  }

  int bytes() {
    return patches.length + pooled.length + activity.length * Double.BYTES + skip.length + 64;
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
    for (boolean cell : skip) {
      out.putBoolean(cell);
    }
    out.putBoolean(whole);
  }

  static LearningSample read(SnapshotReader in, FrameShape shape) throws SnapshotException {
    long streamMicros = in.takeLong();
    FrameStamp stamp = in.takeStamp();
    byte[] patches = in.takeBytes("patches", shape.patchValues(), shape.patchValues());
    byte[] pooled = in.takeBytes("pooled", shape.pooled(), shape.pooled());
    double[] activity = new double[in.takeInt("activity features", 0, 2 * 8 * 12)];
    for (int i = 0; i < activity.length; i++) {
      activity[i] = in.takeDouble();
    }
    boolean[] skip = new boolean[shape.cells()];
    for (int i = 0; i < skip.length; i++) {
      skip[i] = in.takeBoolean();
    }
    boolean whole = in.version() < 2 || in.takeBoolean();
    byte[] scene =
        in.version() == SnapshotFormat.FIRST_VERSION
            ? SceneSignature.of(patches, shape.channels())
            : pooled;
    return new LearningSample(streamMicros, stamp, patches, scene, activity, skip, whole);
  }
}

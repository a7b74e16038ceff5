package io.andon.detection;

/** What is remembered of the signatures of normal scenes. */
interface SceneMemory {
  /** Distance of a signature to what is normal; 0 while nothing is known. */
  double distance(byte[] signature);

  /** What the distance counts for beside that of the cells, 0..1; 0 if it is judged on its own. */
  double share();

  /** Learns the signature of a normal scene. */
  void learn(byte[] signature, FrameStamp stamp);

  void write(SnapshotWriter out);

  void read(SnapshotReader in) throws SnapshotException;
}

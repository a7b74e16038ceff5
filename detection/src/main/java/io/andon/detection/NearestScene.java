package io.andon.detection;

/** The scenes of a stream: a few prototypes, the nearest of which tells the distance. */
final class NearestScene implements SceneMemory {
  private final PrototypeMemory prototypes;

  /**
   * @param values values of a signature
   * @param capacity prototypes that are kept
   */
  NearestScene(int values, int capacity) {
    prototypes = new PrototypeMemory(1, 1, values, capacity);
  }

  @Override
  public double distance(byte[] signature) {
    double[] distance = new double[1];
    prototypes.distances(signature, distance);
    return distance[0];
  }

  @Override
  public double share() {
    return 0;
  }

  @Override
  public void learn(byte[] signature, FrameStamp stamp) {
    prototypes.learn(signature, stamp, new boolean[1]);
  }

  @Override
  public void write(SnapshotWriter out) {
    prototypes.write(out);
  }

  @Override
  public void read(SnapshotReader in) throws SnapshotException {
    prototypes.read(in);
  }
}

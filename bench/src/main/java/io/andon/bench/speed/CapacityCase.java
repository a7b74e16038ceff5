package io.andon.bench.speed;

/**
 * One setting whose cost is measured.
 *
 * @param cameras cameras that share the frames evenly
 * @param stateBackend {@code hashmap} or {@code rocksdb}
 * @param liveCameras detectors kept in memory, {@code detection.maxLiveCameras}
 * @param frames frames of a measured round
 */
record CapacityCase(int cameras, String stateBackend, int liveCameras, int frames) {
  /** Every detector in memory. */
  static CapacityCase of(int cameras, String stateBackend, int frames) {
    return new CapacityCase(cameras, stateBackend, cameras, frames);
  }

  /** Fit for a name of a topic. */
  String key() {
    return cameras
        + "-"
        + stateBackend
        + (liveCameras < cameras ? "-of-which-" + liveCameras + "-live" : "");
  }
}

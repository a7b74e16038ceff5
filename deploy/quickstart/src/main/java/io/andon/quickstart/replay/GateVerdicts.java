package io.andon.quickstart.replay;

import io.andon.bench.evaluate.GatedCamera;
import io.andon.bench.simulator.CameraPixels;
import io.andon.config.ConfigException;
import io.andon.contracts.FrameMetadata;
import io.andon.ingest.gate.FrameGate;
import io.andon.ingest.settings.GateConfig;
import java.awt.image.BufferedImage;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

/** Which pictures of simulated cameras ingest's gate finds unchanged. */
final class GateVerdicts implements Footage.Viewer {
  private final GateConfig config;
  private final SentFrames sent;
  private final CameraPixels pixels = new CameraPixels();
  private final Map<String, FrameGate> gates = new TreeMap<>();
  private final Map<String, BitSet> unchanged = new TreeMap<>();
  private final Map<String, Integer> seen = new TreeMap<>();

  /**
   * @param profile {@code safe} or {@code aggressive}
   * @param sent which pictures come to the gate at all
   */
  GateVerdicts(String profile, SentFrames sent) {
    this.sent = sent;
    try {
      config = GatedCamera.of(profile).gate();
    } catch (ConfigException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  public void see(FrameMetadata frame, BufferedImage picture) {
    String camera = frame.camera();
    if (sent.intervals(camera, frame.capturedMicros()) == 0) {
      return;
    }
    FrameGate gate = gates.computeIfAbsent(camera, id -> new FrameGate(config));
    boolean same =
        gate.isUnchanged(pixels.of(picture), frame.capturedMicros(), frame.play(), false);
    unchanged.computeIfAbsent(camera, id -> new BitSet()).set(Math.toIntExact(frame.seq()), same);
    seen.merge(camera, 1, Integer::sum);
  }

  boolean isUnchanged(String camera, long seq) {
    BitSet same = unchanged.get(camera);
    return same != null && same.get(Math.toIntExact(seq));
  }

  /** Share of each camera's frames that were sent and need no call of the model, 0..1. */
  Map<String, Double> saved() {
    Map<String, Double> shares = new TreeMap<>();
    seen.forEach(
        (camera, frames) ->
            shares.put(
                camera,
                (double) unchanged.getOrDefault(camera, new BitSet()).cardinality() / frames));
    return shares;
  }
}

package io.andon.bench.evaluate;

import io.andon.bench.evaluate.VideoStream.Shot;
import io.andon.bench.evaluate.data.DataProblem;
import io.andon.bench.evaluate.data.VideoSet.Clip;
import io.andon.config.ConfigException;
import io.andon.ingest.camera.StreamEndedException;
import io.andon.ingest.gate.FrameGate;
import io.andon.ingest.gate.I420Picture;
import io.andon.ingest.gstreamer.VideoFile;
import io.andon.ingest.settings.CameraConfig;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which pictures of videos ingest's gate finds unchanged: the same decoder, scaling and gate, and
 * the clips as one camera that is watched live, each a new play.
 */
final class GateVerdicts {
  private final Map<String, BitSet> unchanged = new HashMap<>();

  private GateVerdicts() {}

  /**
   * Looks at every picture.
   *
   * @param profile {@code safe} or {@code aggressive}
   * @param clips clips in the order in which they are watched
   * @param rates tells each clip's frames a second
   * @throws DataProblem if a clip can't be decoded
   * @throws ConfigException if GStreamer lacks something
   */
  static GateVerdicts of(String profile, List<Clip> clips, VideoStream rates)
      throws DataProblem, ConfigException {
    VideoFile.load();
    CameraConfig camera = GatedCamera.of(profile);
    FrameGate gate = new FrameGate(camera.gate());
    GateVerdicts verdicts = new GateVerdicts();
    long play = 0;
    for (Clip clip : clips) {
      verdicts.look(clip, camera, gate, ++play, rates.fps(clip));
    }
    return verdicts;
  }

  private void look(Clip clip, CameraConfig camera, FrameGate gate, long play, double fps)
      throws DataProblem {
    BitSet same = new BitSet();
    try (VideoFile video = VideoFile.open(clip.video(), camera)) {
      VideoFile.Frame frame = video.next();
      for (int number = 0; frame != null; number++) {
        I420Picture pixels = frame.pixels();
        if (pixels == null) {
          throw new DataProblem(clip.video() + " gave no decoded picture of frame " + number);
        }
        same.set(number, gate.isUnchanged(pixels, Math.round(number * 1e6 / fps), play, false));
        frame = video.next();
      }
    } catch (StreamEndedException e) {
      throw new DataProblem(clip.video() + " can't be decoded: " + e.detail());
    }
    unchanged.put(clip.id(), same);
  }

  /** Whether a frame would go without its picture. */
  boolean isUnchanged(Shot shot) {
    BitSet same = unchanged.get(shot.clip().id());
    return same != null && !shot.startsPlay() && same.get(shot.frame());
  }

  /** Share of the frames that need no call of the model, 0..1. */
  double saved(List<Shot> shots, boolean test) {
    List<Shot> part = new ArrayList<>(shots);
    part.removeIf(shot -> shot.clip().isTest() != test);
    return part.isEmpty()
        ? Double.NaN
        : (double) part.stream().filter(this::isUnchanged).count() / part.size();
  }
}

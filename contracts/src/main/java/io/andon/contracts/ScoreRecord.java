package io.andon.contracts;

import java.util.Map;
import java.util.OptionalLong;

/**
 * What detection said of one frame. Latencies are measured by the wall clock, so a redelivered
 * record may differ in them: de-duplicate by camera, play and seq.
 *
 * @param frame the frame
 * @param score combined score; 1 is the alarm level, 0 while warming up
 * @param pValue calibrated p-value, 0..1; 1 while warming up
 * @param state the camera's state after the frame
 * @param warmUpProgress 0..1
 * @param latencyMicros microseconds spent in each stage that was measured, 0 or more
 * @param sameAs number within the play of the frame whose picture was scored again; empty where the
 *     frame had a picture of its own
 */
public record ScoreRecord(
    CapturedFrame frame,
    double score,
    double pValue,
    State state,
    double warmUpProgress,
    Map<LatencyStage, Long> latencyMicros,
    OptionalLong sameAs) {
  public ScoreRecord {
    Bounds.notNaN("score", score);
    Bounds.within("pValue", pValue, 0, 1);
    Bounds.within("warmUpProgress", warmUpProgress, 0, 1);
    latencyMicros.forEach((stage, micros) -> Bounds.micros(stage.wireName(), micros));
    latencyMicros = Map.copyOf(latencyMicros);
    if (sameAs.isPresent()) {
      Bounds.within("sameAs", sameAs.getAsLong(), 0, frame.frame().seq() - 1);
    }
  }

  /** The score of a frame with a picture of its own. */
  public ScoreRecord(
      CapturedFrame frame,
      double score,
      double pValue,
      State state,
      double warmUpProgress,
      Map<LatencyStage, Long> latencyMicros) {
    this(frame, score, pValue, state, warmUpProgress, latencyMicros, OptionalLong.empty());
  }

  /** What the detector thinks of its camera. */
  public enum State implements WireNamed {
    WARMING_UP("warming-up"),
    NORMAL("normal"),
    SUSPICIOUS("suspicious"),
    INCIDENT("incident"),
    CAMERA_FAULT("camera-fault"),
    FROZEN("frozen"),
    /** Most of the picture has become another, lasting one. */
    SCENE_CHANGED("scene-changed"),
    /** The first frame of another embedding space. */
    MODEL_CHANGED("model-changed");

    private final String wireName;

    State(String wireName) {
      this.wireName = wireName;
    }

    @Override
    public String wireName() {
      return wireName;
    }
  }

  /** The stages of a frame's way, by the wall clock. */
  public enum LatencyStage implements WireNamed {
    /** From capture to the timestamp of the record on Kafka. */
    INGEST("ingest"),
    /** From the timestamp of the record on Kafka until the job reads it. */
    QUEUE("queue"),
    /** Until the picture is decoded; where the model's threads decode, waiting for one of them. */
    DECODE("decode"),
    /** Computing the embedding; where other threads decode, waiting for the model too. */
    EMBED("embed"),
    /** Scoring. */
    DETECT("detect"),
    /** From capture until the score is written. */
    TOTAL("total");

    private final String wireName;

    LatencyStage(String wireName) {
      this.wireName = wireName;
    }

    @Override
    public String wireName() {
      return wireName;
    }
  }
}

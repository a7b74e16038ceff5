package io.andon.contracts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.andon.contracts.ScoreRecord.LatencyStage;
import io.andon.contracts.ScoreRecord.State;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Records of {@code andon.scores}: JSON, keyed by camera. */
public final class ScoreCodec {
  private ScoreCodec() {}

  /** The score as a record. */
  public static EncodedRecord encode(ScoreRecord score) {
    ObjectNode json = Json.versioned().put("camera", score.frame().camera());
    json.set("frame", score.frame().toJson());
    json.set("score", Json.decimal(score.score()));
    json.set("pValue", Json.decimal(score.pValue()));
    json.put("state", score.state().wireName());
    json.set("warmUpProgress", Json.decimal(score.warmUpProgress()));
    ObjectNode latency = json.putObject("latencyMicros");
    for (LatencyStage stage : LatencyStage.values()) {
      Long micros = score.latencyMicros().get(stage);
      if (micros != null) {
        latency.put(stage.wireName(), micros);
      }
    }
    score.sameAs().ifPresent(seq -> json.put("sameAs", seq));
    return JsonRecords.keyedByCamera(Topics.SCORES, score.frame().camera(), json);
  }

  /** Reads a score; never throws. */
  public static Decoded<ScoreRecord> decode(byte @Nullable [] value) {
    return Json.decode(value, DeadLetterReason.BAD_VALUE, ScoreCodec::read);
  }

  private static ScoreRecord read(Fields fields) {
    CapturedFrame frame = CapturedFrame.from(fields.inner("frame"));
    Bounds.same("camera", fields.camera("camera"), frame.camera());
    return new ScoreRecord(
        frame,
        fields.decimal("score", -Json.MAX_DECIMAL, Json.MAX_DECIMAL),
        fields.decimal("pValue", 0, 1),
        fields.oneOf("state", State.class),
        fields.decimal("warmUpProgress", 0, 1),
        latencies(fields.inner("latencyMicros")),
        fields.has("sameAs")
            ? OptionalLong.of(fields.integer("sameAs", 0, frame.frame().seq() - 1))
            : OptionalLong.empty());
  }

  private static Map<LatencyStage, Long> latencies(Fields fields) {
    Map<LatencyStage, Long> latencies = new EnumMap<>(LatencyStage.class);
    for (LatencyStage stage : LatencyStage.values()) {
      if (fields.has(stage.wireName())) {
        latencies.put(stage, fields.integer(stage.wireName(), 0, Bounds.MAX_MICROS));
      }
    }
    return latencies;
  }
}

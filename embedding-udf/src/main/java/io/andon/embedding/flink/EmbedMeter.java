package io.andon.embedding.flink;

import java.util.List;

/** The meters of the embedding operator: the one list of their names, units and meanings. */
public enum EmbedMeter {
  BATCH_FRAMES(
      "andon.embed.batch.frames", Type.DISTRIBUTION, "frames", "frames in a batch of the model"),
  MODEL_TIME("andon.embed.model.time", Type.TIMER, "seconds", "time of the model for a batch"),
  DECODE_TIME("andon.embed.decode.time", Type.TIMER, "seconds", "time to decode a picture"),
  FRAMES("andon.embed.frames", Type.COUNTER, "frames", "frames embedded"),
  REPEATED(
      "andon.embed.repeated",
      Type.COUNTER,
      "frames",
      "frames given on without the model, since ingest found their picture unchanged"),
  REJECTED(
      "andon.embed.rejected",
      Type.COUNTER,
      "frames",
      "frames set aside by the embedding stage",
      "reason"),
  QUEUE_FRAMES(
      "andon.embed.queue.frames",
      Type.GAUGE,
      "frames",
      "frames that wait for the model, all subtasks of the process"),
  IN_FLIGHT_FRAMES(
      "andon.embed.in.flight.frames",
      Type.GAUGE,
      "frames",
      "frames taken and not yet given on, all subtasks of the process");

  /** Kind of a meter. */
  public enum Type {
    COUNTER,
    DISTRIBUTION,
    GAUGE,
    TIMER
  }

  private final String meterName;
  private final Type type;
  private final String unit;
  private final String meaning;
  private final String label;

  EmbedMeter(String meterName, Type type, String unit, String meaning) {
    this(meterName, type, unit, meaning, "");
  }

  EmbedMeter(String meterName, Type type, String unit, String meaning, String label) {
    this.meterName = meterName;
    this.type = type;
    this.unit = unit;
    this.meaning = meaning;
    this.label = label;
  }

  /** Micrometer name, {@code andon.<thing>}. */
  public String meterName() {
    return meterName;
  }

  /** Kind of the meter. */
  public Type type() {
    return type;
  }

  /** Unit of the values. */
  public String unit() {
    return unit;
  }

  /** What it counts or measures. */
  public String meaning() {
    return meaning;
  }

  /** Label keys; the values of each are a closed list. */
  public List<String> labels() {
    return label.isEmpty() ? List.of() : List.of(label);
  }
}

package io.andon.embedding.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * A projection that takes features to fewer dimensions of unit variance and no correlation: {@code
 * y = matrix (x - mean)}.
 *
 * @param id name of this projection; another estimate is another id
 * @param inputs features in
 * @param outputs dimensions out
 * @param step what one int8 step is worth once the outputs are quantised, standard deviations
 * @param mean {@code inputs} values
 * @param matrix {@code outputs * inputs} values, row-major
 * @param provenance how it was estimated, for people
 */
public record Whitening(
    String id,
    int inputs,
    int outputs,
    float step,
    float[] mean,
    float[] matrix,
    String provenance) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public Whitening {
    if (mean.length != inputs || matrix.length != inputs * outputs) {
      throw new IllegalArgumentException(
          "mean has "
              + mean.length
              + " values and matrix "
              + matrix.length
              + "; allowed are "
              + inputs
              + " and "
              + inputs
              + " * "
              + outputs);
    }
  }

  /** Reads the form that {@link #toJson} writes. */
  public static Whitening fromJson(String json) throws IOException {
    JsonNode root = JSON.readTree(json);
    return new Whitening(
        root.path("id").asText(),
        root.path("inputs").asInt(),
        root.path("outputs").asInt(),
        root.path("step").floatValue(),
        floats(root.path("mean")),
        floats(root.path("matrix")),
        root.path("provenance").asText());
  }

  /** The projection as JSON; floats keep their exact values. */
  public String toJson() {
    ObjectNode root = JSON.createObjectNode();
    root.put("id", id).put("provenance", provenance);
    root.put("inputs", inputs).put("outputs", outputs).put("step", step);
    fill(root.putArray("mean"), mean);
    fill(root.putArray("matrix"), matrix);
    return root.toString() + "\n";
  }

  private static void fill(ArrayNode array, float[] values) {
    for (float value : values) {
      array.add(value);
    }
  }

  private static float[] floats(JsonNode array) {
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).floatValue();
    }
    return values;
  }
}

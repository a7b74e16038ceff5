package io.andon.embedding.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.andon.embedding.LumaPlane;
import io.andon.embedding.Picture;
import io.andon.embedding.model.Model;
import io.andon.embedding.model.ModelStore;
import io.andon.embedding.model.TestModels;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The converted default network gives what TensorFlow.js gives for the published one; {@code
 * embedding-udf/model/golden.js} made the reference. The tolerance is that of oneDNN's fast
 * convolutions: with {@code TF_ENABLE_ONEDNN_OPTS=0} the largest difference is 1e-6 of the largest
 * value.
 */
class GoldenNetworkIT {
  @SuppressWarnings("NullAway.Init") // set before the first test
  private static RawOutput network;

  @SuppressWarnings("NullAway.Init") // set before the first test
  private static JsonNode golden;

  @BeforeAll
  static void open() throws IOException {
    Model model = TestModels.open(ModelStore.DEFAULT_MODEL);
    network = RawOutput.open(model, "features");
    try (InputStream in = GoldenNetworkIT.class.getResourceAsStream("centernet-tfjs.golden.json")) {
      golden = new ObjectMapper().readTree(Objects.requireNonNull(in));
    }
  }

  @AfterAll
  static void close() {
    network.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"stride8", "stride16", "pooled"})
  void agreesWithTensorFlowJs(String output) {
    float[] expected = values(golden.path("outputs").path(output).path("values"));

    float[] actual = network.of(picture(), output);

    assertThat(actual).hasSameSizeAs(expected);
    assertThat(StartupCheck.cosine(actual, expected)).isGreaterThanOrEqualTo(0.99999);
    float largest = 0;
    float furthest = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      furthest = Math.max(furthest, Math.abs(expected[i] - actual[i]));
    }
    assertThat(furthest / largest).as("largest difference, relative").isLessThanOrEqualTo(5e-3f);
  }

  @Test
  void featuresOfACellHaveUnitLengthAtEachStride() {
    float[] features = network.of(picture(), "features");

    assertThat(features).hasSize(4 * 6 * 120);
    assertThat(length(features, 0, 32)).isBetween(0.9999, 1.0001);
    assertThat(length(features, 32, 88)).isBetween(0.9999, 1.0001);
  }

  private static double length(float[] values, int from, int count) {
    double squares = 0;
    for (int i = from; i < from + count; i++) {
      squares += (double) values[i] * values[i];
    }
    return Math.sqrt(squares);
  }

  /** The picture of golden.js, pixel by pixel. */
  private static Picture picture() {
    int width = golden.path("picture").path("width").asInt();
    int height = golden.path("picture").path("height").asInt();
    byte[] rgb = new byte[width * height * 3];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < 3; c++) {
          int value = x * (3 + c) + y * (5 - c) + ((x >> 4) ^ (y >> 4)) * (37 + 11 * c);
          rgb[(y * width + x) * 3 + c] = (byte) (value % 256);
        }
      }
    }
    return new Picture(width, height, rgb, new LumaPlane(1, 1, new byte[1]));
  }

  private static float[] values(JsonNode array) {
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).floatValue();
    }
    return values;
  }
}

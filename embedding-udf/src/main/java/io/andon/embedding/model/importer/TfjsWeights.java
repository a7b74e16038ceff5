package io.andon.embedding.model.importer;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the weights of a TensorFlow.js model: a manifest (names, shapes, types, quantisation) in
 * the model's JSON and the values one after the other, little-endian, in one binary file.
 */
final class TfjsWeights {
  private final ByteBuffer values;

  private TfjsWeights(byte[] binary) {
    this.values = ByteBuffer.wrap(binary).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Reads every weight of the manifest.
   *
   * @throws IllegalArgumentException if a type is unknown, or the binary is longer or shorter than
   *     the manifest says
   */
  static Map<String, Weight> read(JsonNode model, byte[] binary) {
    TfjsWeights reader = new TfjsWeights(binary);
    Map<String, Weight> weights = new HashMap<>();
    for (JsonNode group : model.path("weightsManifest")) {
      for (JsonNode entry : group.path("weights")) {
        weights.put(entry.path("name").asText(), reader.next(entry));
      }
    }
    if (reader.values.hasRemaining()) {
      throw new IllegalArgumentException(
          reader.values.remaining() + " bytes of weights are left over after the manifest's last");
    }
    return weights;
  }

  private Weight next(JsonNode entry) {
    long[] shape = shapeOf(entry);
    int count = 1;
    for (long side : shape) {
      count = Math.multiplyExact(count, Math.toIntExact(side));
    }
    String dtype = entry.path("dtype").asText();
    return switch (dtype) {
      case "float32" -> new Weight.Floats(shape, floats(count, entry.get("quantization")));
      case "int32" -> new Weight.Ints(shape, ints(count));
      default ->
          throw new IllegalArgumentException(
              "weight "
                  + entry.path("name").asText()
                  + " is of type "
                  + dtype
                  + ", known are float32 and int32");
    };
  }

  private static long[] shapeOf(JsonNode entry) {
    JsonNode sides = entry.path("shape");
    long[] shape = new long[sides.size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = sides.get(i).asLong();
    }
    return shape;
  }

  private int[] ints(int count) {
    int[] read = new int[count];
    for (int i = 0; i < count; i++) {
      read[i] = values.getInt();
    }
    return read;
  }

  private float[] floats(int count, @Nullable JsonNode quantization) {
    float[] read = new float[count];
    String stored = quantization == null ? "float32" : quantization.path("dtype").asText();
    double scale = quantization == null ? 1 : quantization.path("scale").asDouble(1);
    double min = quantization == null ? 0 : quantization.path("min").asDouble(0);
    for (int i = 0; i < count; i++) {
      read[i] =
          switch (stored) {
            case "float32" -> values.getFloat();
            case "float16" -> fromHalf(values.getShort());
            case "uint8" -> (float) ((values.get() & 0xFF) * scale + min);
            case "uint16" -> (float) ((values.getShort() & 0xFFFF) * scale + min);
            default -> throw new IllegalArgumentException("unknown quantisation " + stored);
          };
    }
    return read;
  }

  /** IEEE 754 binary16 to binary32; exact. */
  static float fromHalf(short half) {
    int exponent = (half >> 10) & 0x1F;
    int mantissa = half & 0x3FF;
    float magnitude;
    if (exponent == 0) {
      magnitude = mantissa * 0x1p-24f;
    } else if (exponent == 31) {
      magnitude = mantissa == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else {
      magnitude = Math.scalb(1 + mantissa / 1024f, exponent - 15);
    }
    return half < 0 ? -magnitude : magnitude;
  }
}

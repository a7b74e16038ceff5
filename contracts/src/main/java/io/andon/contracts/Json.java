package io.andon.contracts;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * JSON whose bytes are a pure function of the values: keys in a fixed order, integers and decimals
 * with a fixed number of places, no white space.
 */
final class Json {
  /** Largest value that is read, in bytes. */
  static final int MAX_BYTES = 1 << 20;

  /** What {@link #decimal} writes for anything beyond: more than any figure here can mean. */
  static final double MAX_DECIMAL = 1e9;

  private static final int VERSION = 1;
  private static final int PLACES = 6;
  private static final int FLOAT_DIGITS = 9;
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(32)
                          .maxNumberLength(100)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** An object that begins with its version. */
  static ObjectNode versioned() {
    return object().put("v", VERSION);
  }

  /**
   * Six places, half to even; infinities and what is beyond {@link #MAX_DECIMAL} become that.
   *
   * @throws IllegalArgumentException for NaN
   */
  static DecimalNode decimal(double value) {
    double bounded = Math.max(-MAX_DECIMAL, Math.min(MAX_DECIMAL, Bounds.notNaN("value", value)));
    return DecimalNode.valueOf(
        BigDecimal.valueOf(bounded).setScale(PLACES, RoundingMode.HALF_EVEN));
  }

  /** The nine significant digits that tell every float from every other, on every Java version. */
  static DecimalNode exact(float value) {
    return DecimalNode.valueOf(new BigDecimal(value).round(new MathContext(FLOAT_DIGITS)));
  }

  static byte[] bytes(ObjectNode object) {
    try {
      return MAPPER.writeValueAsBytes(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values can always be written", e);
    }
  }

  /**
   * Reads an object of any version that was ever written; unknown fields are ignored.
   *
   * @param value the bytes
   * @param malformed reason given for anything but an unknown version
   * @param reader reads the fields of version 1
   */
  static <T> Decoded<T> decode(
      byte @Nullable [] value, DeadLetterReason malformed, Function<Fields, T> reader) {
    if (value == null || value.length == 0 || value.length > MAX_BYTES) {
      int length = value == null ? 0 : value.length;
      return new Decoded.Rejected<>(
          malformed, "value has " + length + " bytes, allowed is 1 to " + MAX_BYTES);
    }
    JsonNode tree;
    try {
      tree = MAPPER.readTree(value);
    } catch (IOException e) {
      String why = e instanceof JsonProcessingException p ? p.getOriginalMessage() : e.toString();
      return new Decoded.Rejected<>(malformed, "value is no JSON: " + why);
    }
    return tree instanceof ObjectNode object
        ? decodeVersion(object, malformed, reader)
        : new Decoded.Rejected<>(malformed, "value is no JSON object");
  }

  private static <T> Decoded<T> decodeVersion(
      ObjectNode object, DeadLetterReason malformed, Function<Fields, T> reader) {
    JsonNode version = object.path("v");
    if (!version.canConvertToExactIntegral()) {
      return new Decoded.Rejected<>(malformed, "v is missing or no integer");
    }
    if (!version.canConvertToInt() || version.intValue() != VERSION) {
      return new Decoded.Rejected<>(
          DeadLetterReason.UNKNOWN_VERSION, "v is " + version + ", known is " + VERSION);
    }
    return Fields.decode(object, malformed, reader);
  }
}

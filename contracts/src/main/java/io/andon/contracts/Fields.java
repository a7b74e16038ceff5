package io.andon.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a JSON object. A field that is missing or wrong is noted and read as a
 * harmless placeholder, so that all problems can be told at once.
 */
final class Fields {
  private final JsonNode object;
  private final String path;
  private final List<String> problems;

  private Fields(JsonNode object, String path, List<String> problems) {
    this.object = object;
    this.path = path;
    this.problems = problems;
  }

  /** Reads one object; any problem, also one that the record's constructor finds, rejects it. */
  static <T> Decoded<T> decode(
      ObjectNode object, DeadLetterReason malformed, Function<Fields, T> reader) {
    Fields fields = new Fields(object, "", new ArrayList<>());
    try {
      T value = reader.apply(fields);
      if (fields.problems.isEmpty()) {
        return new Decoded.Valid<>(value);
      }
    } catch (IllegalArgumentException e) {
      if (fields.problems.isEmpty()) {
        fields.problems.add(String.valueOf(e.getMessage()));
      }
    }
    return new Decoded.Rejected<>(malformed, String.join("; ", fields.problems));
  }

  long integer(String name, long min, long max) {
    JsonNode node = object.path(name);
    // As JSON Schema has it, 5.0 is an integer.
    boolean fits = node.canConvertToExactIntegral() && node.canConvertToLong();
    if (fits && node.longValue() >= min && node.longValue() <= max) {
      return node.longValue();
    }
    wrong(name, "an integer from " + min + " to " + max);
    return min;
  }

  double decimal(String name, double min, double max) {
    JsonNode node = object.path(name);
    if (node.isNumber() && node.doubleValue() >= min && node.doubleValue() <= max) {
      return node.doubleValue();
    }
    wrong(name, "a number from " + min + " to " + max);
    return min;
  }

  boolean bool(String name) {
    JsonNode node = object.path(name);
    if (!node.isBoolean()) {
      wrong(name, "true or false");
    }
    return node.booleanValue();
  }

  String text(String name, int minLength, int maxLength) {
    JsonNode node = object.path(name);
    String value = node.isTextual() ? node.textValue() : null;
    if (value != null && value.length() >= minLength && value.length() <= maxLength) {
      return value;
    }
    wrong(name, "text of " + minLength + " to " + maxLength + " characters");
    return "?";
  }

  String camera(String name) {
    return matching(name, CameraId.PATTERN, CameraId.MAX_LENGTH);
  }

  String matching(String name, String pattern, int maxLength) {
    String value = text(name, 1, maxLength);
    if (value.matches(pattern)) {
      return value;
    }
    if (value.equals(object.path(name).textValue())) {
      wrong(name, pattern);
    }
    return "invalid";
  }

  <E extends Enum<E> & WireNamed> E oneOf(String name, Class<E> type) {
    JsonNode node = object.path(name);
    E found = WireNamed.find(type, node.asText("")).filter(e -> node.isTextual()).orElse(null);
    if (found != null) {
      return found;
    }
    E[] all = type.getEnumConstants();
    wrong(
        name,
        Arrays.stream(all)
            .map(WireNamed::wireName)
            .collect(Collectors.joining(", ", "one of ", "")));
    return all[0];
  }

  byte[] base64(String name, int maxBytes) {
    String text = text(name, 0, (maxBytes + 2) / 3 * 4);
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      if (bytes.length <= maxBytes) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      // Told below, in the words of the field.
    }
    if (object.path(name).isTextual()) {
      wrong(name, "base64 of at most " + maxBytes + " bytes");
    }
    return new byte[0];
  }

  /** Whether the field is there and not null. */
  boolean has(String name) {
    return object.hasNonNull(name);
  }

  /** Refuses a field that is there, not null and no empty list. */
  void requireEmpty(String name, String allowed) {
    if (has(name) && !(object.path(name).isArray() && object.path(name).isEmpty())) {
      wrong(name, allowed);
    }
  }

  /** The fields of an object inside this one; none where it is no object, which is a problem. */
  Fields inner(String name) {
    JsonNode node = object.path(name);
    if (node.isObject()) {
      return new Fields(node, path + name + ".", problems);
    }
    wrong(name, "an object");
    return new Fields(MissingNode.getInstance(), path + name + ".", new ArrayList<>());
  }

  <T> @Nullable T innerOrNull(String name, Function<Fields, T> reader) {
    return has(name) ? reader.apply(inner(name)) : null;
  }

  <T> List<T> list(String name, int maxItems, Function<Fields, T> reader) {
    JsonNode node = object.path(name);
    if (!node.isArray() || node.size() > maxItems) {
      wrong(name, "a list of at most " + maxItems + " objects");
      return List.of();
    }
    List<T> items = new ArrayList<>(node.size());
    for (int i = 0; i < node.size(); i++) {
      items.add(reader.apply(new Fields(node.path(i), path + name + "[" + i + "].", problems)));
    }
    return items;
  }

  private void wrong(String name, String allowed) {
    JsonNode node = object.path(name);
    problems.add(path + name + " is " + shown(node) + ", allowed is " + allowed);
  }

  private static String shown(JsonNode node) {
    if (node.isMissingNode()) {
      return "missing";
    }
    if (node.isContainerNode()) {
      return node.isArray() ? "a list of " + node.size() : "an object";
    }
    return BoundedText.quoted(node.asText());
  }
}

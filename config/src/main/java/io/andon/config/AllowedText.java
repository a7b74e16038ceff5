package io.andon.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Says in plain words what a schema allows for one setting. */
final class AllowedText {
  private AllowedText() {}

  /** For example {@code an integer from 1 to 60}, {@code one of tcp, udp}. */
  static String of(JsonNode schema) {
    if (schema.has("const")) {
      return scalar(schema.path("const"));
    }
    if (schema.has("enum")) {
      return "one of " + listed(schema.path("enum"));
    }
    String type = type(schema);
    return switch (type) {
      case "an integer", "a number" -> type + range(schema);
      case "text" -> type + text(schema);
      case "a list" -> type + count(schema);
      default -> type;
    };
  }

  /** Elements of an array of scalars, comma separated. */
  static String listed(JsonNode values) {
    StringJoiner joined = new StringJoiner(", ");
    values.forEach(value -> joined.add(scalar(value)));
    return joined.toString();
  }

  /** A value as it would be written in YAML on one line. */
  static String scalar(JsonNode value) {
    return value.isTextual() ? value.asText() : value.toString();
  }

  private static String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    if (type.isArray()) {
      List<String> names = new ArrayList<>();
      type.forEach(name -> names.add(name(name.asText())));
      return String.join(" or ", names);
    }
    return name(type.asText());
  }

  private static String name(String type) {
    return switch (type) {
      case "integer" -> "an integer";
      case "number" -> "a number";
      case "string" -> "text";
      case "boolean" -> "true or false";
      case "array" -> "a list";
      case "object" -> "a section of keys";
      case "null" -> "nothing";
      default -> "any value";
    };
  }

  private static String range(JsonNode schema) {
    if (schema.has("minimum") && schema.has("maximum")) {
      return " from " + schema.path("minimum") + " to " + schema.path("maximum") + steps(schema);
    }
    StringJoiner limits = new StringJoiner(" and ", " ", "").setEmptyValue("");
    add(limits, schema, "minimum", "at least ");
    add(limits, schema, "exclusiveMinimum", "above ");
    add(limits, schema, "maximum", "at most ");
    add(limits, schema, "exclusiveMaximum", "below ");
    return limits + steps(schema);
  }

  private static void add(StringJoiner limits, JsonNode schema, String keyword, String words) {
    if (schema.has(keyword)) {
      limits.add(words + schema.path(keyword));
    }
  }

  private static String steps(JsonNode schema) {
    return schema.has("multipleOf") ? ", a multiple of " + schema.path("multipleOf") : "";
  }

  private static String text(JsonNode schema) {
    String length = between(schema, "minLength", "maxLength", "characters");
    return schema.has("pattern")
        ? length + " that matches " + schema.path("pattern").asText()
        : length;
  }

  private static String count(JsonNode schema) {
    String distinct = schema.path("uniqueItems").asBoolean() ? ", no two alike" : "";
    return between(schema, "minItems", "maxItems", "items") + distinct;
  }

  private static String between(JsonNode schema, String low, String high, String unit) {
    if (schema.has(low) && schema.has(high)) {
      return " of " + schema.path(low) + " to " + schema.path(high) + " " + unit;
    }
    if (schema.has(low)) {
      return " of at least " + schema.path(low) + " " + unit;
    }
    return schema.has(high) ? " of at most " + schema.path(high) + " " + unit : "";
  }
}

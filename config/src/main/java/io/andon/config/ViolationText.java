package io.andon.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.ValidationMessage;
import io.andon.config.ConfigException.Problem;
import java.util.ArrayList;
import java.util.List;

/** Turns what the validator found into problems in the words of the configuration. */
final class ViolationText {
  private static final int MAX_SHOWN = 80;

  private final ConfigSchema schema;
  private final JsonNode config;

  private ViolationText(ConfigSchema schema, JsonNode config) {
    this.schema = schema;
    this.config = config;
  }

  /** Everything in which the configuration breaks the schema, in no particular order. */
  static List<Problem> problems(ConfigSchema schema, JsonNode config) {
    ViolationText text = new ViolationText(schema, config);
    return schema.validator().validate(config).stream().map(text::problem).distinct().toList();
  }

  private Problem problem(ValidationMessage violation) {
    Setting setting = settingAt(violation.getInstanceLocation());
    return switch (violation.getType()) {
      case "required" -> missing(setting, violation.getProperty());
      case "additionalProperties", "unevaluatedProperties" ->
          unknown(setting, violation.getProperty());
      default -> wrong(setting, violation);
    };
  }

  private Problem missing(Setting section, String name) {
    JsonNode property = schema.property(section.schema(), name);
    String meaning = property.path("description").asText("");
    return new Problem(
        KeyPath.key(section.key(), name),
        "",
        "is required: "
            + AllowedText.of(property)
            + (meaning.isEmpty() ? "" : " (" + meaning + ")"));
  }

  private Problem unknown(Setting section, String name) {
    List<String> known = new ArrayList<>();
    section.schema().path("properties").fieldNames().forEachRemaining(known::add);
    String hint =
        NearestName.of(name, known)
            .map(nearest -> "did you mean " + nearest + "?")
            .orElse("known are " + String.join(", ", known));
    return new Problem(KeyPath.key(section.key(), shownKey(name)), "", "is no known key; " + hint);
  }

  /** Without its space behind the colon a value is a part of the key, and may be a secret. */
  private static String shownKey(String name) {
    int end = 0;
    while (end < name.length() && name.charAt(end) != ':' && name.charAt(end) != '=') {
      end++;
    }
    return plain(end == name.length() ? name : name.substring(0, end) + "...");
  }

  private static Problem wrong(Setting setting, ValidationMessage violation) {
    JsonNode about = setting.schema();
    String allowed = AllowedText.of(about);
    String meaning = about.path("description").asText("");
    boolean composed = List.of("oneOf", "anyOf", "not", "if").contains(violation.getType());
    boolean forbidden = about.path("type").asText().equals("null");
    if (!meaning.isEmpty() && (about.has("pattern") || composed || forbidden)) {
      allowed = allowed + " (" + meaning + ")";
    }
    if (about.path("type").asText().equals("string") && looksLikeNoText(setting.value())) {
      allowed = allowed + ", in quotes";
    }
    String key = setting.key().isEmpty() ? "(file)" : setting.key();
    return new Problem(key, shown(setting), "allowed is " + allowed);
  }

  private static boolean looksLikeNoText(JsonNode value) {
    return value.isNumber() || value.isBoolean();
  }

  private static String shown(Setting setting) {
    if (setting.secret()) {
      return "";
    }
    JsonNode value = setting.value();
    if (value.isContainerNode()) {
      return value.isArray() ? "a list of " + value.size() : "a section of keys";
    }
    if (wantsContainer(setting.schema())) {
      // What stands in the place of a section may be all that belongs there, secrets too.
      return "a single value";
    }
    String text = AllowedText.scalar(value);
    return text.isEmpty() ? "\"\"" : plain(text);
  }

  private static String plain(String text) {
    String printable = text.replaceAll("\\p{Cntrl}", "?");
    return printable.length() <= MAX_SHOWN ? printable : printable.substring(0, MAX_SHOWN) + "...";
  }

  private static boolean wantsContainer(JsonNode schema) {
    return schema.has("properties")
        || schema.has("items")
        || List.of("object", "array").contains(schema.path("type").asText());
  }

  private Setting settingAt(JsonNodePath location) {
    Setting setting = new Setting("", config, schema.root(), false);
    for (int i = 0; i < location.getNameCount(); i++) {
      setting = child(setting, location.getElement(i));
    }
    return setting;
  }

  private Setting child(Setting parent, Object element) {
    if (parent.value().isArray()) {
      int index = Integer.parseInt(element.toString());
      return new Setting(
          KeyPath.index(parent.key(), index),
          parent.value().path(index),
          schema.items(parent.schema()),
          parent.secret());
    }
    String name = element.toString();
    JsonNode own = schema.property(parent.schema(), name);
    return new Setting(
        KeyPath.key(parent.key(), name), parent.value().path(name), own, parent.secret());
  }

  private record Setting(String key, JsonNode value, JsonNode schema, boolean inSecret) {
    boolean secret() {
      return inSecret || schema.path("writeOnly").asBoolean();
    }
  }
}

package io.andon.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Fills in what a schema states as {@code default}, at all depths. */
final class Defaults {
  private final ConfigSchema schema;

  private Defaults(ConfigSchema schema) {
    this.schema = schema;
  }

  /** A copy with the defaults filled in; what is written, {@code null} too, is left as it is. */
  static JsonNode applied(ConfigSchema schema, JsonNode config) {
    JsonNode copy = config.deepCopy();
    new Defaults(schema).fill(copy, schema.root());
    return copy;
  }

  private void fill(JsonNode node, JsonNode nodeSchema) {
    if (node instanceof ObjectNode object) {
      nodeSchema
          .path("properties")
          .fieldNames()
          .forEachRemaining(
              key -> fillAbsent(object, key, schema.property(nodeSchema, key).get("default")));
      object
          .properties()
          .forEach(entry -> fill(entry.getValue(), schema.property(nodeSchema, entry.getKey())));
    } else if (node instanceof ArrayNode array) {
      JsonNode itemSchema = schema.items(nodeSchema);
      array.forEach(item -> fill(item, itemSchema));
    }
  }

  private static void fillAbsent(ObjectNode object, String key, @Nullable JsonNode value) {
    if (value != null && !object.has(key)) {
      object.set(key, value.deepCopy());
    }
  }
}

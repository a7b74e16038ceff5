package io.andon.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A JSON Schema as the one place for type, range, default and description. Knows how to find the
 * part that is about one setting: {@code properties}, {@code patternProperties}, {@code items},
 * {@code additionalProperties} and local {@code $ref}s.
 */
final class ConfigSchema {
  private static final int MAX_REFERENCES = 16;

  private final JsonNode root;
  private final JsonSchema validator;

  private ConfigSchema(JsonNode root) {
    this.root = root;
    this.validator = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(root);
  }

  static ConfigSchema fromClassPath(String resource, @Nullable ClassLoader loader) {
    String name = resource.startsWith("/") ? resource.substring(1) : resource;
    ClassLoader from = loader == null ? ClassLoader.getSystemClassLoader() : loader;
    try (InputStream in = from.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("schema " + name + " is not on the class path");
      }
      return new ConfigSchema(new ObjectMapper().readTree(in));
    } catch (IOException e) {
      throw new IllegalStateException("schema " + name + " is no JSON", e);
    }
  }

  JsonSchema validator() {
    return validator;
  }

  JsonNode root() {
    return resolved(root);
  }

  /** The schema of one key of an object; {@link MissingNode} where the schema says nothing. */
  JsonNode property(JsonNode objectSchema, String key) {
    JsonNode listed = objectSchema.path("properties").path(key);
    if (!listed.isMissingNode()) {
      return resolved(listed);
    }
    for (Map.Entry<String, JsonNode> named : objectSchema.path("patternProperties").properties()) {
      if (Pattern.compile(named.getKey()).matcher(key).find()) {
        return resolved(named.getValue());
      }
    }
    JsonNode others = objectSchema.path("additionalProperties");
    return others.isObject() ? resolved(others) : MissingNode.getInstance();
  }

  /** The schema of an array's items. */
  JsonNode items(JsonNode arraySchema) {
    return resolved(arraySchema.path("items"));
  }

  /** Follows {@code $ref}; what is said beside a reference wins over what it points to. */
  JsonNode resolved(JsonNode schema) {
    JsonNode result = schema;
    for (int hops = 0; result.has("$ref"); hops++) {
      if (hops == MAX_REFERENCES) {
        throw new IllegalStateException("schema has a circle of $ref: " + schema.get("$ref"));
      }
      result = followed(result);
    }
    return result;
  }

  private JsonNode followed(JsonNode schema) {
    String reference = schema.path("$ref").asText();
    JsonNode target = reference.startsWith("#") ? root.at(reference.substring(1)) : null;
    if (target == null || !target.isObject()) {
      throw new IllegalStateException("schema refers to " + reference + ", which isn't in it");
    }
    ObjectNode merged = target.deepCopy();
    schema
        .properties()
        .forEach(
            entry -> {
              if (!entry.getKey().equals("$ref")) {
                merged.set(entry.getKey(), entry.getValue());
              }
            });
    return merged;
  }
}

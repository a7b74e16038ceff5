package io.andon.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
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
 * {@code additionalProperties} and local {@code $ref}s. A {@code $ref} to {@code classpath:PATH}
 * stands for the whole of another file, which has no local references of its own.
 */
final class ConfigSchema {
  private static final int MAX_REFERENCES = 16;
  private static final String REFERENCE = "$ref";
  private static final String OTHER_FILE = "classpath:";

  private final JsonNode root;
  private final JsonSchema validator;

  private ConfigSchema(JsonNode root) {
    this.root = root;
    this.validator = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(root);
  }

  static ConfigSchema fromClassPath(String resource, @Nullable ClassLoader loader) {
    String name = resource.startsWith("/") ? resource.substring(1) : resource;
    ClassLoader from = loader == null ? ClassLoader.getSystemClassLoader() : loader;
    return new ConfigSchema(complete(read(name, from), from));
  }

  private static JsonNode read(String name, ClassLoader from) {
    try (InputStream in = from.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("schema " + name + " is not on the class path");
      }
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException("schema " + name + " is no JSON", e);
    }
  }

  /** Puts what other files say in place of the references to them. */
  private static JsonNode complete(JsonNode schema, ClassLoader from) {
    if (schema instanceof ObjectNode object) {
      String other = object.path(REFERENCE).asText();
      if (other.startsWith(OTHER_FILE)) {
        return complete(read(other.substring(OTHER_FILE.length()), from), from);
      }
      object.properties().forEach(entry -> entry.setValue(complete(entry.getValue(), from)));
    } else if (schema instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, complete(array.get(i), from));
      }
    }
    return schema;
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
    for (int hops = 0; result.has(REFERENCE); hops++) {
      if (hops == MAX_REFERENCES) {
        throw new IllegalStateException("schema has a circle of $ref: " + schema.get(REFERENCE));
      }
      result = followed(result);
    }
    return result;
  }

  private JsonNode followed(JsonNode schema) {
    String reference = schema.path(REFERENCE).asText();
    JsonNode target = reference.startsWith("#") ? root.at(reference.substring(1)) : null;
    if (target == null || !target.isObject()) {
      throw new IllegalStateException("schema refers to " + reference + ", which isn't in it");
    }
    ObjectNode merged = target.deepCopy();
    schema
        .properties()
        .forEach(
            entry -> {
              if (!entry.getKey().equals(REFERENCE)) {
                merged.set(entry.getKey(), entry.getValue());
              }
            });
    return merged;
  }
}

package io.andon.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Writes a configuration schema as a Markdown table, so that documents can't drift from it. */
public final class SchemaDocs {
  private static final String HEAD =
      "| Key | Type | Default | Allowed | Meaning |\n|---|---|---|---|---|\n";

  private final ConfigSchema schema;
  private final List<String> rows = new ArrayList<>();

  private SchemaDocs(ConfigSchema schema) {
    this.schema = schema;
  }

  /**
   * The table of a schema: one row a setting, in the schema's order, sections before their keys;
   * lists as {@code cameras[]}.
   *
   * @param schemaResource path of the schema on the class path
   * @throws IllegalStateException if there is no such schema
   */
  public static String markdown(String schemaResource) {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    SchemaDocs docs = new SchemaDocs(ConfigSchema.fromClassPath(schemaResource, context));
    docs.object("", docs.schema.root());
    return HEAD + String.join("", docs.rows);
  }

  /**
   * Prints the table of each schema named.
   *
   * @param schemaResources paths on the class path
   */
  public static void main(String[] schemaResources) {
    for (String resource : schemaResources) {
      System.out.println(markdown(resource));
    }
  }

  private void object(String path, JsonNode objectSchema) {
    Set<String> required = new TreeSet<>();
    objectSchema.path("required").forEach(name -> required.add(name.asText()));
    for (Map.Entry<String, JsonNode> entry : objectSchema.path("properties").properties()) {
      JsonNode about = schema.resolved(entry.getValue());
      String key = KeyPath.key(path, entry.getKey());
      row(key, about, required.contains(entry.getKey()));
      below(key, about);
    }
  }

  private void below(String key, JsonNode about) {
    if (about.has("properties")) {
      object(key, about);
    }
    if (about.path("additionalProperties").isObject()) {
      below(KeyPath.key(key, "<name>"), schema.resolved(about.path("additionalProperties")));
    }
    if (about.has("items")) {
      below(key + "[]", schema.items(about));
    }
  }

  private void row(String key, JsonNode about, boolean required) {
    String value = about.has("default") ? code(about.path("default")) : required ? "required" : "-";
    String[] cells = {
      "`" + key + "`",
      typeName(about),
      value,
      AllowedText.of(about),
      about.path("description").asText()
    };
    StringBuilder row = new StringBuilder();
    for (String cell : cells) {
      row.append("| ").append(cell.replace("|", "\\|").replace("\n", " ")).append(' ');
    }
    rows.add(row.append("|\n").toString());
  }

  private static String typeName(JsonNode about) {
    JsonNode type = about.path("type");
    return type.isArray() ? AllowedText.listed(type) : type.asText("any");
  }

  private static String code(JsonNode value) {
    return "`" + AllowedText.scalar(value) + "`";
  }
}

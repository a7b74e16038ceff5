package io.andon.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.andon.config.ConfigException.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads a service's configuration: YAML text is validated against a JSON Schema (2020-12), the
 * defaults that the schema states are filled in at all depths, and the result is bound to immutable
 * records. Either all of it holds, or one {@link ConfigException} tells every problem at once, in
 * the order of the file; nothing is substituted silently.
 *
 * <p>What a schema should know:
 *
 * <ul>
 *   <li>keys without a {@code default} that aren't {@code required} reach the record as {@code
 *       null};
 *   <li>a whole section may be left out where its schema says {@code "default": {}}: the defaults
 *       inside it are then filled in as well;
 *   <li>keys that the schema doesn't list are problems where it says {@code "additionalProperties":
 *       false};
 *   <li>the value of a {@code "writeOnly": true} property appears in no message;
 *   <li>{@code description} is used to explain a {@code pattern}: write it as what the value is;
 *   <li>{@code $ref} may point to {@code #/$defs/...} of the same file, or be {@code
 *       classpath:PATH}, which stands for a whole other file.
 * </ul>
 *
 * <p>Enum constants are matched without regard to case. What a schema can't say (ids that must be
 * unique, one number below another) is said by {@link SelfChecked}.
 */
public final class ConfigLoader {
  /** The largest file that is read, in bytes. */
  public static final int MAX_BYTES = 1 << 20;

  private static final String WHOLE_FILE = "(file)";

  private ConfigLoader() {}

  /**
   * Loads a configuration file.
   *
   * @param yaml the file, UTF-8, at most {@link #MAX_BYTES}
   * @param schemaResource path of the JSON Schema on the class path, {@code
   *     io/andon/ingest/ingest.schema.json}
   * @param type record to bind to
   * @throws ConfigException if the file can't be read or is no valid configuration
   * @throws IllegalStateException if the schema is missing or doesn't fit the record: an error of
   *     the program, not of the configuration
   */
  public static <T> T load(Path yaml, String schemaResource, Class<T> type) throws ConfigException {
    return load(read(yaml), yaml.toString(), schemaResource, type);
  }

  /**
   * Loads a configuration from text.
   *
   * @param yamlText YAML, at most {@link #MAX_BYTES} in UTF-8
   * @param sourceName what messages call the source
   * @param schemaResource see {@link #load(Path, String, Class)}
   * @param type record to bind to
   * @throws ConfigException if the text is no valid configuration
   */
  public static <T> T load(String yamlText, String sourceName, String schemaResource, Class<T> type)
      throws ConfigException {
    if (yamlText.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw unreadable(sourceName, tooLarge());
    }
    ConfigSchema schema = ConfigSchema.fromClassPath(schemaResource, type.getClassLoader());
    JsonNode written = YamlText.parse(yamlText, sourceName);
    FileOrder order = FileOrder.of(written);
    JsonNode complete = Defaults.applied(schema, written);
    List<Problem> problems = order.sorted(violations(schema, complete));
    if (!problems.isEmpty()) {
      throw new ConfigException(sourceName, problems);
    }
    T config = RecordBinding.bind(complete, type, sourceName);
    if (config instanceof SelfChecked checked) {
      List<Problem> own = order.sorted(checked.problems());
      if (!own.isEmpty()) {
        throw new ConfigException(sourceName, own);
      }
    }
    return config;
  }

  private static List<Problem> violations(ConfigSchema schema, JsonNode config) {
    if (!(config instanceof ObjectNode)) {
      return List.of(new Problem(WHOLE_FILE, "", "must hold keys and values"));
    }
    return ViolationText.problems(schema, config);
  }

  private static String read(Path file) throws ConfigException {
    if (!Files.exists(file)) {
      throw unreadable(file.toString(), "must exist");
    }
    if (!Files.isRegularFile(file)) {
      throw unreadable(file.toString(), "must be a regular file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw unreadable(file.toString(), tooLarge());
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw unreadable(file.toString(), "must be UTF-8 text");
    } catch (IOException e) {
      throw unreadable(file.toString(), "must be readable: " + e.getClass().getSimpleName());
    }
  }

  private static String tooLarge() {
    return "must be at most " + MAX_BYTES + " bytes";
  }

  private static ConfigException unreadable(String sourceName, String allowed) {
    return new ConfigException(sourceName, List.of(new Problem(WHOLE_FILE, "", allowed)));
  }
}

package io.andon.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.andon.config.ConfigException.Problem;
import java.util.List;

/** Binds a validated tree to records. */
final class RecordBinding {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private RecordBinding() {}

  /**
   * A record that refuses a value in its constructor gives a problem; a record that doesn't fit the
   * schema is an error of the program.
   */
  static <T> T bind(JsonNode config, Class<T> type, String sourceName) throws ConfigException {
    try {
      return MAPPER.treeToValue(config, type);
    } catch (ValueInstantiationException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        String why = String.valueOf(refused.getMessage());
        throw new ConfigException(sourceName, List.of(new Problem(path(e), "", why)));
      }
      throw mismatch(type, e);
    } catch (JsonProcessingException e) {
      throw mismatch(type, e);
    }
  }

  /** Without the cause: its message would repeat values, which may be secret. */
  private static IllegalStateException mismatch(Class<?> type, JsonProcessingException e) {
    String where = e instanceof JsonMappingException mapping ? path(mapping) : "(file)";
    return new IllegalStateException(
        "the schema doesn't fit " + type.getName() + " at " + where + ": " + e.getClass());
  }

  private static String path(JsonMappingException e) {
    String path = "";
    for (JsonMappingException.Reference step : e.getPath()) {
      path =
          step.getFieldName() == null
              ? KeyPath.index(path, step.getIndex())
              : KeyPath.key(path, step.getFieldName());
    }
    return path.isEmpty() ? "(file)" : path;
  }
}

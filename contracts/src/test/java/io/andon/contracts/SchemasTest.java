package io.andon.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemasTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Set<String> examples() {
    return Examples.all().keySet();
  }

  static List<String> schemas() {
    return Schemas.all();
  }

  private static JsonSchema schema(String name) {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(Schemas.text(name));
  }

  static Set<ValidationMessage> problems(String schema, String json) throws IOException {
    return schema(schema).validate(JSON.readTree(json));
  }

  private static JsonNode headers(EncodedRecord record) {
    ObjectNode headers = JSON.createObjectNode();
    record.headers().forEach(header -> headers.put(header.name(), header.text()));
    return headers;
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyRecordHoldsToItsSchemas(String name) throws IOException {
    EncodedRecord record = Examples.encoded(name);

    if (record.value().length > 0) {
      JsonNode value = JSON.readTree(record.value());
      String schema = Schemas.ofValues(record.topic()).orElseThrow();
      assertThat(schema(schema).validate(value)).isEmpty();
      assertListed(value, schema);
    }
    Schemas.ofHeaders(record.topic())
        .ifPresent(schema -> assertThat(schema(schema).validate(headers(record))).isEmpty());
  }

  private static void assertListed(JsonNode value, String schema) throws JsonProcessingException {
    List<String> listed = new ArrayList<>();
    JSON.readTree(Schemas.text(schema))
        .path("properties")
        .fieldNames()
        .forEachRemaining(listed::add);
    List<String> written = new ArrayList<>();
    value.fieldNames().forEachRemaining(written::add);
    assertThat(listed).containsAll(written);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void aRecordWithoutOneOfItsRequiredFieldsBreaksItsSchema(String name) throws IOException {
    EncodedRecord record = Examples.encoded(name);
    if (record.value().length == 0) {
      return;
    }
    JsonNode schema = JSON.readTree(Schemas.text(Schemas.ofValues(record.topic()).orElseThrow()));
    for (JsonNode field : schema.path("required")) {
      ObjectNode value = (ObjectNode) JSON.readTree(record.value());
      value.remove(field.asText());

      assertThat(schema(Schemas.ofValues(record.topic()).orElseThrow()).validate(value))
          .as(field.asText())
          .isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void everySchemaIsValidAndDescribesEveryField(String name) throws IOException {
    JsonNode document = JSON.readTree(Schemas.text(name));
    JsonSchema metaSchema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

    assertThat(metaSchema.validate(document)).isEmpty();
    document
        .path("properties")
        .properties()
        .forEach(field -> assertThat(field.getValue().path("description").asText()).isNotEmpty());
  }

  @Test
  void theSchemaOfDeadLettersListsEveryReason() throws IOException {
    JsonNode reasons =
        JSON.readTree(Schemas.text(Schemas.DEAD_LETTER)).at("/properties/reason/enum");
    List<String> listed = new ArrayList<>();
    reasons.forEach(reason -> listed.add(reason.asText()));

    assertThat(listed)
        .containsExactlyElementsOf(
            Arrays.stream(DeadLetterReason.values()).map(DeadLetterReason::wireName).toList());
  }
}

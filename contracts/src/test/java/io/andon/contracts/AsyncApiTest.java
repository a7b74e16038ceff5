package io.andon.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AsyncApiTest {
  private JsonNode document = MissingNode.getInstance();

  @BeforeEach
  void parse() throws IOException {
    document = new YAMLMapper().readTree(Schemas.text(Schemas.ASYNCAPI));
  }

  @Test
  void isAsyncApi3() {
    assertThat(document.path("asyncapi").asText()).isEqualTo("3.0.0");
    assertThat(document.at("/info/title").asText()).isNotEmpty();
    assertThat(document.at("/info/version").asText()).isNotEmpty();
  }

  @Test
  void namesExactlyOurTopicsWithTheValuesTheyAreMadeWith() {
    assertThat(addresses()).containsExactlyElementsOf(names());
    for (JsonNode channel : document.path("channels")) {
      TopicSpec topic = Topics.find(channel.path("address").asText()).orElseThrow();
      JsonNode kafka = channel.at("/bindings/kafka");
      JsonNode settings = kafka.path("topicConfiguration");
      assertThat(kafka.path("topic").asText()).isEqualTo(topic.name());
      assertThat(kafka.path("partitions").asInt()).isEqualTo(topic.partitions());
      assertThat(settings.at("/cleanup.policy/0").asText()).isEqualTo(topic.cleanup().wireName());
      for (String setting : List.of("retention.ms", "retention.bytes", "max.message.bytes")) {
        assertThat(settings.path(setting).asText())
            .as(topic.name() + " " + setting)
            .isEqualTo(topic.settings().get(setting));
      }
    }
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    List<String> references = document.findValuesAsText("$ref").stream().distinct().toList();

    assertThat(references).hasSizeGreaterThan(20);
    for (String reference : references) {
      if (reference.startsWith("#")) {
        assertThat(document.at(reference.substring(1)).isMissingNode()).as(reference).isFalse();
      } else {
        assertThat(Schemas.all()).contains(reference.replace("./", "io/andon/contracts/schemas/"));
      }
    }
  }

  @Test
  void everyMessageHasTheSchemaOfItsTopic() {
    for (JsonNode channel : document.path("channels")) {
      String topic = channel.path("address").asText();
      JsonNode reference = channel.path("messages").elements().next().path("$ref");
      JsonNode message = document.at(reference.asText().substring(1));

      assertThat(message.at("/payload/schema/$ref").asText())
          .isEqualTo(Schemas.ofValues(topic).map(AsyncApiTest::relative).orElse(""));
      assertThat(message.at("/headers/schema/$ref").asText())
          .isEqualTo(Schemas.ofHeaders(topic).map(AsyncApiTest::relative).orElse(""));
    }
  }

  @Test
  void everyTopicIsWrittenOrReadBySomeOperation() {
    List<String> used =
        StreamSupport.stream(document.path("operations").spliterator(), false)
            .map(operation -> operation.at("/channel/$ref").asText().substring(1))
            .map(pointer -> document.at(pointer).path("address").asText())
            .collect(Collectors.toList());

    assertThat(used).containsExactlyInAnyOrderElementsOf(names());
  }

  private List<String> addresses() {
    return StreamSupport.stream(document.path("channels").spliterator(), false)
        .map(channel -> channel.path("address").asText())
        .toList();
  }

  private static List<String> names() {
    return Topics.all().stream().map(TopicSpec::name).toList();
  }

  private static String relative(String schema) {
    return schema.replace("io/andon/contracts/schemas/", "./");
  }
}

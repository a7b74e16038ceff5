package io.andon.manifests.kustomize;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads YAML; a key that stands twice is an error. */
public final class YamlFile {
  private static final ObjectMapper MAPPER =
      new YAMLMapper(
          YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  private YamlFile() {}

  /** The documents of a file that are not empty. */
  public static List<ObjectNode> documents(Path file) {
    try {
      return documents(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": " + e.getMessage(), e);
    }
  }

  /** The one document of a file. */
  public static ObjectNode document(Path file) {
    List<ObjectNode> documents = documents(file);
    if (documents.size() != 1) {
      throw new IllegalArgumentException(file + " holds " + documents.size() + " documents, not 1");
    }
    return documents.get(0);
  }

  /** The documents of a text that are not empty. */
  public static List<ObjectNode> documents(String text) throws IOException {
    List<ObjectNode> documents = new ArrayList<>();
    try (JsonParser parser = MAPPER.getFactory().createParser(text);
        MappingIterator<JsonNode> read = MAPPER.readerFor(JsonNode.class).readValues(parser)) {
      while (read.hasNextValue()) {
        if (read.nextValue() instanceof ObjectNode document) {
          documents.add(document);
        }
      }
    }
    return documents;
  }
}

package io.andon.contracts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The JSON Schemas (2020-12) of all records and the AsyncAPI document that covers all topics. Names
 * are resources on the class path.
 */
public final class Schemas {
  /** The AsyncAPI 3.0 document. */
  public static final String ASYNCAPI = name("asyncapi.yaml");

  /** Headers of {@code andon.frames}. */
  public static final String FRAME_HEADERS = name("frame-headers.schema.json");

  /** Headers of {@code andon.incidents}. */
  public static final String INCIDENT_HEADERS = name("incident-headers.schema.json");

  /** Values of {@code andon.incidents}. */
  public static final String INCIDENT = name("incident.schema.json");

  /** Values of {@code andon.scores}. */
  public static final String SCORE = name("score.schema.json");

  /** Values of {@code andon.health}. */
  public static final String HEALTH = name("health.schema.json");

  /** Values of {@code andon.embeddings}. */
  public static final String EMBEDDING = name("embedding.schema.json");

  /** Values of {@code andon.control}. */
  public static final String CONTROL = name("control.schema.json");

  /** Values of {@code andon.control-acks}. */
  public static final String CONTROL_ACK = name("control-ack.schema.json");

  /** Values of {@code andon.dead-letter}. */
  public static final String DEAD_LETTER = name("dead-letter.schema.json");

  private static final List<String> ALL =
      List.of(
          FRAME_HEADERS,
          INCIDENT_HEADERS,
          INCIDENT,
          SCORE,
          HEALTH,
          EMBEDDING,
          CONTROL,
          CONTROL_ACK,
          DEAD_LETTER);

  private Schemas() {}

  /** Every JSON Schema. */
  public static List<String> all() {
    return ALL;
  }

  /** The schema of a topic's values; empty for pictures and for topics that aren't ours. */
  public static Optional<String> ofValues(String topic) {
    return switch (topic) {
      case Topics.INCIDENTS -> Optional.of(INCIDENT);
      case Topics.SCORES -> Optional.of(SCORE);
      case Topics.HEALTH -> Optional.of(HEALTH);
      case Topics.EMBEDDINGS -> Optional.of(EMBEDDING);
      case Topics.CONTROL -> Optional.of(CONTROL);
      case Topics.CONTROL_ACKS -> Optional.of(CONTROL_ACK);
      case Topics.DEAD_LETTER -> Optional.of(DEAD_LETTER);
      default -> Optional.empty();
    };
  }

  /** The schema of a topic's headers; empty where it has none. */
  public static Optional<String> ofHeaders(String topic) {
    return switch (topic) {
      case Topics.FRAMES -> Optional.of(FRAME_HEADERS);
      case Topics.INCIDENTS -> Optional.of(INCIDENT_HEADERS);
      default -> Optional.empty();
    };
  }

  /**
   * The text of one of the documents named here.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static String text(String name) {
    try (InputStream in = Schemas.class.getResourceAsStream("/" + name)) {
      if (in == null) {
        throw new IllegalArgumentException(name + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("can't read " + name, e);
    }
  }

  private static String name(String file) {
    return "io/andon/contracts/schemas/" + file;
  }
}

package io.andon.job.replay;

import io.andon.contracts.Decoded;
import io.andon.contracts.IncidentCodec;
import io.andon.contracts.IncidentEvent;
import io.andon.job.kafka.TopicLog;
import io.andon.job.kafka.TopicLogException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The event that is to be reproduced.
 *
 * @param event what it says
 * @param value its bytes as they were found; not to be changed
 */
record TargetEvent(IncidentEvent event, byte[] value) {

  /**
   * Reads an event's value from a file, as a consumer of the topic prints it.
   *
   * @throws RefusedException if there is no such file or it holds no event
   */
  static TargetEvent ofFile(Path file) throws RefusedException {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.UTF_8).strip();
    } catch (NoSuchFileException e) {
      throw new RefusedException("there is no file " + file);
    } catch (IOException e) {
      throw new RefusedException(file + " can't be read: " + e);
    }
    byte[] value = text.getBytes(StandardCharsets.UTF_8);
    Decoded<IncidentEvent> decoded = IncidentCodec.decodeValue(value);
    if (decoded instanceof Decoded.Rejected<IncidentEvent> rejected) {
      throw new RefusedException(file + " holds no incident event: " + rejected.detail());
    }
    return new TargetEvent(decoded.orElseThrow(), value);
  }

  /**
   * Looks an event up on the incidents topic.
   *
   * @param name {@code incidentId.revision}, or {@code incidentId} or its beginning for its latest
   *     revision
   * @throws RefusedException if it isn't there, or the beginning is that of several incidents
   */
  static TargetEvent ofTopic(TopicLog log, String topic, String name)
      throws RefusedException, TopicLogException {
    List<TargetEvent> found =
        onTopic(log, topic).stream()
            .filter(target -> target.event.eventId().startsWith(name))
            .toList();
    List<TargetEvent> exact =
        found.stream().filter(target -> target.event.eventId().equals(name)).toList();
    if (!exact.isEmpty()) {
      return exact.get(exact.size() - 1);
    }
    List<String> incidents =
        found.stream().map(target -> target.event.incidentId()).distinct().toList();
    if (incidents.isEmpty()) {
      throw new RefusedException(
          "no event %s on topic %s, and no such file".formatted(name, topic));
    }
    if (incidents.size() > 1) {
      throw new RefusedException(
          name + " is the beginning of " + incidents.size() + " incidents; give more of it");
    }
    return found.stream()
        .max(Comparator.comparingInt(target -> target.event.revision()))
        .orElseThrow();
  }

  /** The events of a topic, oldest first. */
  static List<TargetEvent> onTopic(TopicLog log, String topic) throws TopicLogException {
    List<TargetEvent> found = new ArrayList<>();
    log.scan(
        topic,
        0,
        record -> {
          byte[] value = record.valueOrEmpty();
          if (IncidentCodec.decodeValue(value) instanceof Decoded.Valid<IncidentEvent> valid) {
            found.add(new TargetEvent(valid.value(), value));
          }
        });
    found.sort(Comparator.comparingLong(target -> target.event.current().capturedMicros()));
    return found;
  }
}

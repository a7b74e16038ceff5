package io.andon.chaos.ledger;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.andon.contracts.DeadLetterCodec;
import io.andon.contracts.DeadLetterRecord;
import io.andon.contracts.ScoreCodec;
import io.andon.contracts.ScoreRecord;
import io.andon.contracts.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads what a job writes while it writes it, as a consumer would who only reads what is committed.
 * Safe for several threads.
 */
public final class Ledger implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final long CLOSE_MILLIS = 60_000;

  private final Map<String, String> topics;
  private final TopicReader reader;
  private final Thread thread = new Thread(this::read, "ledger");
  private final ReentrantLock lock = new ReentrantLock();

  // All guarded by lock.
  private final Map<FrameKey, String> scores = new HashMap<>();
  private final Map<String, IncidentLine> incidents = new LinkedHashMap<>();
  private final Map<RecordPlace, String> deadLetters = new HashMap<>();
  private final List<String> contradictions = new ArrayList<>();
  private final Map<String, Newest> newest = new HashMap<>();
  private int redelivered;
  private volatile boolean stopped;

  /**
   * @param topics names of the topics by their default names
   */
  public Ledger(String bootstrapServers, Map<String, String> topics) {
    this.topics = Map.copyOf(topics);
    this.reader =
        new TopicReader(
            bootstrapServers,
            List.of(topic(Topics.SCORES), topic(Topics.INCIDENTS), topic(Topics.DEAD_LETTER)));
    thread.start();
  }

  /**
   * An incident event.
   *
   * @param kind opened, updated or closed
   * @param incident its incident
   * @param capturedMicros capture time of the frame that caused it
   * @param bytes all of it, headers and value
   */
  public record IncidentLine(String kind, String incident, long capturedMicros, String bytes) {
    /** Whether it says that its camera fell silent, which the wall clock decides. */
    public boolean isSilence() {
      return bytes.contains("\"closeReason\":\"silent\"");
    }
  }

  /** A scored frame. */
  public record Newest(FrameKey key, long capturedMicros) {}

  /** Where a record is. */
  record RecordPlace(int partition, long offset) {}

  private String topic(String defaultName) {
    return topics.getOrDefault(defaultName, defaultName);
  }

  private void read() {
    try (reader) {
      while (!stopped) {
        reader.poll(this::take);
      }
      reader.toTheEnd(this::take);
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    lock.lock();
    try {
      if (record.topic().equals(topic(Topics.SCORES))) {
        score(record);
      } else if (record.topic().equals(topic(Topics.INCIDENTS))) {
        incident(record);
      } else {
        DeadLetterRecord letter = DeadLetterCodec.decode(record.value()).orElseThrow();
        deadLetters.put(
            new RecordPlace(letter.partition(), letter.offset()), letter.reason().wireName());
      }
    } finally {
      lock.unlock();
    }
  }

  private void score(ConsumerRecord<byte[], byte[]> record) {
    ScoreRecord score = ScoreCodec.decode(record.value()).orElseThrow();
    FrameKey key = FrameKey.of(score.frame().frame());
    ObjectNode json = json(record.value());
    json.remove("latencyMicros"); // the wall clock's
    String bits = json.toString();
    String before = scores.put(key, bits);
    if (before != null && !before.equals(bits)) {
      contradictions.add("two scores of frame " + key + ": " + before + " and " + bits);
    }
    newest.put(key.camera(), new Newest(key, score.frame().capturedMicros()));
  }

  private void incident(ConsumerRecord<byte[], byte[]> record) {
    StringBuilder bytes = new StringBuilder();
    String id = "";
    for (var header : record.headers()) {
      String value = new String(header.value(), StandardCharsets.UTF_8);
      bytes.append(header.key()).append('=').append(value).append('\n');
      if (header.key().equals("ce_id")) {
        id = value;
      }
    }
    bytes.append(new String(record.value(), StandardCharsets.UTF_8));
    ObjectNode json = json(record.value());
    IncidentLine line =
        new IncidentLine(
            json.path("kind").asText(),
            json.path("incidentId").asText(),
            json.at("/current/capturedMicros").asLong(),
            bytes.toString());
    IncidentLine before = incidents.put(id, line);
    if (before != null) {
      redelivered++;
      if (!before.equals(line)) {
        contradictions.add("two events are called " + id + ": " + before + " and " + line);
      }
    }
  }

  private static ObjectNode json(byte[] value) {
    try {
      return (ObjectNode) JSON.readTree(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Frames that are scored, with their scores' bits but for the latencies. */
  public Map<FrameKey, String> scores() {
    return locked(() -> new HashMap<>(scores));
  }

  /** Incident events by id, in the order they were first read. */
  public Map<String, IncidentLine> incidents() {
    return locked(() -> new LinkedHashMap<>(incidents));
  }

  /** How many incident events came again under their id. */
  public int redelivered() {
    return locked(() -> redelivered);
  }

  /** Frames with two scores and ids with two events. */
  public List<String> contradictions() {
    return locked(() -> new ArrayList<>(contradictions));
  }

  /** Reason for which a frame was set aside; empty if it was not. */
  public String deadLetter(RecordedFrame frame) {
    return locked(
        () -> deadLetters.getOrDefault(new RecordPlace(frame.partition(), frame.offset()), ""));
  }

  /** How many frames are scored of cameras whose id begins so. */
  public long scored(String prefix) {
    return locked(
        () -> scores.keySet().stream().filter(key -> key.camera().startsWith(prefix)).count());
  }

  /** Whether a frame is scored. */
  public boolean isScored(FrameKey frame) {
    return locked(() -> scores.containsKey(frame));
  }

  /** The newest scored frame of a camera whose id begins so, by its capture time. */
  public Optional<Newest> newest(String prefix) {
    return locked(
        () ->
            newest.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .map(Map.Entry::getValue)
                .max(Comparator.comparingLong(Newest::capturedMicros)));
  }

  /** Whether an incident is under way: opened and not closed. */
  public boolean isIncidentOpen() {
    return locked(
        () -> {
          Map<String, String> lastKind = new HashMap<>();
          incidents.values().forEach(line -> lastKind.put(line.incident(), line.kind()));
          return lastKind.values().stream().anyMatch(kind -> !kind.equals("closed"));
        });
  }

  private <T> T locked(java.util.function.Supplier<T> question) {
    lock.lock();
    try {
      return question.get();
    } finally {
      lock.unlock();
    }
  }

  /** Reads to the end that the topics have now, and stops. What was read can still be asked for. */
  @Override
  public void close() {
    stopped = true;
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

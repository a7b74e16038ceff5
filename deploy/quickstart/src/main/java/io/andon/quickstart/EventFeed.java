package io.andon.quickstart;

import io.andon.contracts.Decoded;
import io.andon.contracts.HealthCodec;
import io.andon.contracts.HealthEvent;
import io.andon.contracts.IncidentCodec;
import io.andon.contracts.IncidentEvent;
import io.andon.contracts.ScoreCodec;
import io.andon.contracts.ScoreRecord;
import io.andon.contracts.Topics;
import io.andon.contracts.WireHeader;
import io.andon.quickstart.scoreboard.Board;
import io.andon.quickstart.scoreboard.SeenIncident;
import io.andon.quickstart.screen.Screen;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads scores, incidents and health as any consumer would, from the start of the topics. */
final class EventFeed implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Board board;
  private final Screen screen;
  private final InstantSource clock;
  private final Thread thread;
  private final Map<String, HealthEvent> openFaults = new ConcurrentSkipListMap<>();

  private EventFeed(String bootstrapServers, Board board, Screen screen, InstantSource clock) {
    this.board = board;
    this.screen = screen;
    this.clock = clock;
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    this.thread = new Thread(this::read, "event-feed");
    thread.setDaemon(true);
  }

  /** Starts reading on a thread of its own; the topics must exist. */
  static EventFeed start(String bootstrapServers, Board board, Screen screen, InstantSource clock) {
    EventFeed feed = new EventFeed(bootstrapServers, board, screen, clock);
    feed.thread.start();
    return feed;
  }

  /** False when reading ended by an error, which went to standard error. */
  boolean isReading() {
    return thread.isAlive();
  }

  /** Faults of cameras that have begun and not ended. */
  List<HealthEvent> openFaults() {
    return List.copyOf(openFaults.values());
  }

  private void read() {
    try (consumer) {
      consumer.assign(partitions());
      consumer.seekToBeginning(consumer.assignment());
      while (true) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          take(record);
        }
      }
    } catch (WakeupException closing) {
      // close() asked for it.
    }
  }

  private List<TopicPartition> partitions() {
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : List.of(Topics.SCORES, Topics.INCIDENTS, Topics.HEALTH)) {
      consumer
          .partitionsFor(topic)
          .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    }
    return partitions;
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    switch (record.topic()) {
      case Topics.SCORES -> ifValid(ScoreCodec.decode(record.value()), this::score);
      case Topics.INCIDENTS ->
          ifValid(IncidentCodec.decode(record.value(), headers(record)), this::incident);
      default -> ifValid(HealthCodec.decode(record.value()), this::health);
    }
  }

  private <T> void ifValid(Decoded<T> decoded, Consumer<T> use) {
    if (decoded instanceof Decoded.Valid<T> valid) {
      use.accept(valid.value());
    } else if (decoded instanceof Decoded.Rejected<T> rejected) {
      screen.event("unreadable event: " + rejected.detail());
    }
  }

  private void score(ScoreRecord score) {
    long now = nowMicros();
    double latencyMillis = (now - score.frame().capturedMicros()) / 1e3;
    String state = score.state().wireName();
    board.scored(score.frame().camera(), score.score(), state, latencyMillis, now);
  }

  private void incident(IncidentEvent event) {
    boolean open = event.kind() != IncidentEvent.Kind.CLOSED;
    long current = event.current().capturedMicros();
    // A closing event's frame is already normal again, but the incident lasted up to it.
    board.incident(
        new SeenIncident(
            event.incidentId(),
            event.camera(),
            event.first().capturedMicros(),
            current,
            current,
            open));
    if (event.kind() != IncidentEvent.Kind.UPDATED) {
      screen.event(
          String.format(
              Locale.ROOT,
              "incident %-6s  on %s, score %.2f by %s",
              event.kind().wireName(),
              event.camera(),
              event.peakScore(),
              event.channel().wireName()));
    }
  }

  private void health(HealthEvent event) {
    String fault = event.camera() + " " + event.source() + " " + event.fault();
    if (event.active()) {
      openFaults.put(fault, event);
    } else if (openFaults.remove(fault) == null) {
      return; // ingest ends at its start what a process before it may have left open
    }
    screen.event(
        "camera fault %s  on %s: %s %s"
            .formatted(
                event.active() ? "begins" : "ends",
                event.camera(),
                event.fault().wireName(),
                event.detail()));
  }

  private long nowMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
  }

  private static List<WireHeader> headers(ConsumerRecord<byte[], byte[]> record) {
    List<WireHeader> headers = new ArrayList<>();
    for (Header header : record.headers()) {
      headers.add(new WireHeader(header.key(), header.value()));
    }
    return headers;
  }

  @Override
  public void close() {
    consumer.wakeup();
    try {
      thread.join(CLOSE_PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.andon.job.replay;

import io.andon.contracts.CapturedFrame;
import io.andon.contracts.Decoded;
import io.andon.contracts.FrameRef;
import io.andon.contracts.IncidentEvent;
import io.andon.detection.FrameStamp;
import io.andon.embedding.flink.FrameRecord;
import io.andon.job.frames.FrameParser;
import io.andon.job.frames.RawRecord;
import io.andon.job.kafka.TopicLog;
import io.andon.job.kafka.TopicLogException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The camera's frames from behind a snapshot up to an event's own frame. Every frame that is named
 * must lie where it is said to: after the retention, or on a topic that was made anew, something
 * else or nothing is there.
 */
final class FrameRange {
  private final TopicLog log;
  private final FrameParser parser;
  private final String topic;
  private final FrameStamp after;
  private final FrameRef last;
  private final Map<Long, FrameRef> named = new HashMap<>();
  private @Nullable String wrong;

  /**
   * @param topic topic of the frames
   * @param after last frame that the snapshot has seen
   * @param event names its frames
   */
  FrameRange(
      TopicLog log, FrameParser parser, String topic, FrameStamp after, IncidentEvent event) {
    this.log = log;
    this.parser = parser;
    this.topic = topic;
    this.after = after;
    this.last = event.current().frame();
    String camera = event.camera();
    name(new FrameRef(topic, after.partition(), after.offset(), camera, after.play(), after.seq()));
    name(event.first());
    name(event.peak());
    name(event.current());
  }

  private void name(CapturedFrame frame) {
    name(frame.frame());
  }

  private void name(FrameRef frame) {
    named.put(frame.offset(), frame);
  }

  /** Looks whether the frames are there at all. */
  void requireThere() throws ExpiredException, TopicLogException {
    TopicLog.Extent extent = log.extent(topic, last.partition());
    if (extent.first() > after.offset() + 1) {
      throw new ExpiredException(
          "frames from offset %d of %s/%d are needed, the first one still there is %d"
              .formatted(after.offset() + 1, topic, last.partition(), extent.first()));
    }
    if (extent.next() <= last.offset()) {
      throw new ExpiredException(
          "the event's frame has offset %d of %s/%d, which ends at %d: the topic was made anew"
              .formatted(last.offset(), topic, last.partition(), extent.next()));
    }
  }

  /**
   * Gives the frames in order.
   *
   * @throws ExpiredException if another frame lies where a named one should
   */
  void read(Consumer<FrameRecord> sink) throws ExpiredException, TopicLogException {
    long begin = Math.max(after.offset(), log.extent(topic, last.partition()).first());
    log.read(topic, last.partition(), begin, last.offset(), record -> visit(record, sink));
    if (wrong == null && named.containsKey(last.offset())) {
      wrong = "the event's frame is gone from %s/%d".formatted(topic, last.partition());
    }
    if (wrong != null) {
      throw new ExpiredException(wrong);
    }
  }

  private boolean visit(RawRecord record, Consumer<FrameRecord> sink) {
    Decoded<FrameRecord> parsed = parser.parse(record);
    FrameRecord frame = parsed instanceof Decoded.Valid<FrameRecord> valid ? valid.value() : null;
    FrameRef expected = named.remove(record.offset());
    if (expected != null && !(frame != null && isSame(frame.ref(), expected))) {
      wrong =
          "%s@%d should be %s, play %d, seq %d, but is %s"
              .formatted(
                  topic + "/" + record.partition(),
                  record.offset(),
                  expected.camera(),
                  expected.play(),
                  expected.seq(),
                  frame == null
                      ? "no frame"
                      : frame.ref().camera()
                          + ", play "
                          + frame.ref().play()
                          + ", seq "
                          + frame.ref().seq());
      return false;
    }
    if (frame != null
        && frame.ref().camera().equals(last.camera())
        && record.offset() > after.offset()) {
      sink.accept(frame);
    }
    return true;
  }

  private static boolean isSame(FrameRef frame, FrameRef expected) {
    return frame.camera().equals(expected.camera())
        && frame.play() == expected.play()
        && frame.seq() == expected.seq();
  }
}

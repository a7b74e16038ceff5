package io.andon.chaos.ledger;

import io.andon.contracts.Decoded;
import io.andon.contracts.FrameHeaders;
import io.andon.contracts.FrameMetadata;
import io.andon.contracts.Topics;
import io.andon.contracts.WireHeader;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A frame that is on the frames topic.
 *
 * @param key which one
 * @param partition where it is
 * @param offset where it is
 * @param capturedMicros capture time, microseconds since the epoch
 */
public record RecordedFrame(FrameKey key, int partition, long offset, long capturedMicros) {
  /** Every frame that is on the topic now. */
  public static List<RecordedFrame> all(String bootstrapServers) {
    List<RecordedFrame> frames = new ArrayList<>();
    try (TopicReader reader = new TopicReader(bootstrapServers, List.of(Topics.FRAMES))) {
      reader.toTheEnd(record -> frames.add(of(record)));
    }
    return frames;
  }

  private static RecordedFrame of(ConsumerRecord<byte[], byte[]> record) {
    List<WireHeader> headers = new ArrayList<>();
    record.headers().forEach(h -> headers.add(new WireHeader(h.key(), h.value())));
    Decoded<FrameMetadata> decoded = FrameHeaders.decode(record.key(), headers);
    FrameMetadata frame = decoded.orElseThrow();
    return new RecordedFrame(
        new FrameKey(frame.camera(), frame.play(), frame.seq()),
        record.partition(),
        record.offset(),
        frame.capturedMicros());
  }
}

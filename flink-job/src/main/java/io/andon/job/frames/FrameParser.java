package io.andon.job.frames;

import io.andon.contracts.DeadLetterReason;
import io.andon.contracts.Decoded;
import io.andon.contracts.Decoded.Rejected;
import io.andon.contracts.Decoded.Valid;
import io.andon.contracts.FrameHeaders;
import io.andon.contracts.FrameMetadata;
import io.andon.contracts.FrameRef;
import io.andon.contracts.WireHeader;
import io.andon.embedding.flink.FrameRecord;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Reads a frame out of a record, or says why that can't be done. Never throws on what strangers
 * wrote. Capture time is compared with the record's own Kafka timestamp, so that a replay judges as
 * the first run did.
 */
public final class FrameParser implements Serializable {
  private static final long serialVersionUID = 1;

  private final FrameBounds bounds;

  /**
   * @param bounds what is believed
   */
  public FrameParser(FrameBounds bounds) {
    this.bounds = bounds;
  }

  /** The frame, or the reason to set the record aside. */
  public Decoded<FrameRecord> parse(RawRecord record) {
    byte[] picture = record.valueOrEmpty();
    if (picture.length > bounds.maxRecordBytes()) {
      return rejected(
          DeadLetterReason.OVERSIZED_RECORD,
          "value has " + picture.length + " bytes, allowed is " + bounds.maxRecordBytes());
    }
    Decoded<FrameMetadata> decoded = metadata(record);
    if (decoded instanceof Rejected<FrameMetadata> rejected) {
      return rejected(rejected.reason(), rejected.detail());
    }
    FrameMetadata metadata = decoded.orElseThrow();
    if (picture.length == 0 && !metadata.repeatsPicture()) {
      return rejected(DeadLetterReason.EMPTY_PICTURE, "value has no bytes");
    }
    if (picture.length > 0 && metadata.repeatsPicture()) {
      return rejected(
          DeadLetterReason.BAD_VALUE,
          "value has %d bytes, allowed is 0 in a frame with %s"
              .formatted(picture.length, FrameHeaders.SAME_AS));
    }
    return new Valid<>(frame(record, metadata, picture));
  }

  /** What the headers say, where the capture time is plausible. */
  Decoded<FrameMetadata> metadata(RawRecord record) {
    Decoded<FrameMetadata> decoded = FrameHeaders.decode(record.key(), headers(record));
    if (decoded instanceof Valid<FrameMetadata> valid) {
      long captured = valid.value().capturedMicros();
      long written = TimeUnit.MILLISECONDS.toMicros(record.timestampMillis());
      if (!bounds.plausible(captured, written)) {
        return rejected(
            DeadLetterReason.CAPTURE_TIME_OUT_OF_RANGE,
            "captured %d us, %+d us from the record's timestamp, allowed is -%s to +%s"
                .formatted(captured, captured - written, bounds.maxBehind(), bounds.maxAhead()));
      }
    }
    return decoded;
  }

  private static FrameRecord frame(RawRecord record, FrameMetadata metadata, byte[] picture) {
    FrameRef ref =
        new FrameRef(
            record.topic(),
            record.partition(),
            record.offset(),
            metadata.camera(),
            metadata.play(),
            metadata.seq());
    long recordMicros = TimeUnit.MILLISECONDS.toMicros(record.timestampMillis());
    return new FrameRecord(metadata, ref, recordMicros, record.fetchedMicros(), picture);
  }

  private static List<WireHeader> headers(RawRecord record) {
    List<WireHeader> headers = new ArrayList<>(record.headerNames().length);
    for (int i = 0; i < record.headerNames().length; i++) {
      headers.add(new WireHeader(record.headerNames()[i], record.headerValues()[i]));
    }
    return headers;
  }

  private static <T> Decoded<T> rejected(DeadLetterReason reason, String detail) {
    return new Rejected<>(reason, detail);
  }
}

package io.andon.job.events;

import io.andon.contracts.CameraId;
import io.andon.contracts.DeadLetterCodec;
import io.andon.contracts.DeadLetterReason;
import io.andon.contracts.DeadLetterRecord;
import io.andon.contracts.FrameRef;
import io.andon.embedding.flink.EmbeddedFrame;
import io.andon.embedding.flink.RejectedFrame;
import io.andon.job.frames.RawRecord;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

/** Sets records aside by reference, never with their picture. */
public final class DeadLetters {
  private static final String UNKNOWN_SHA256 = "0".repeat(64);

  private DeadLetters() {}

  /** A record that can't be read. */
  public static OutboundRecord of(RawRecord record, DeadLetterReason reason, String detail) {
    DeadLetterRecord letter =
        DeadLetterRecord.of(
            record.topic(),
            record.partition(),
            record.offset(),
            reason,
            detail,
            record.key(),
            record.value());
    return OutboundRecord.of(record.timestampMillis(), DeadLetterCodec.encode(letter));
  }

  /** A frame that can't be embedded. The size of its picture isn't known any more. */
  public static OutboundRecord of(RejectedFrame frame) {
    String sha256 = HexFormat.of().formatHex(frame.sha256());
    return of(frame.ref(), frame.reason(), frame.detail(), sha256, frame.head(), 0);
  }

  /** A frame that can't be used behind the model, where its picture isn't known any more. */
  static OutboundRecord of(EmbeddedFrame frame, DeadLetterReason reason, String detail) {
    long atMillis = TimeUnit.MICROSECONDS.toMillis(frame.recordTimestampMicros());
    return of(frame.ref(), reason, detail, UNKNOWN_SHA256, new byte[0], atMillis);
  }

  private static OutboundRecord of(
      FrameRef ref,
      DeadLetterReason reason,
      String detail,
      String sha256,
      byte[] head,
      long atMillis) {
    DeadLetterRecord letter =
        new DeadLetterRecord(
            ref.topic(),
            ref.partition(),
            ref.offset(),
            reason,
            detail,
            head.length,
            sha256,
            CameraId.toKey(ref.camera()),
            head);
    return OutboundRecord.of(atMillis, DeadLetterCodec.encode(letter));
  }
}

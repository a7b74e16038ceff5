package io.andon.embedding.flink;

import io.andon.contracts.DeadLetterReason;
import io.andon.contracts.FrameRef;
import java.lang.reflect.Type;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A frame that could not be embedded, by reference: enough to find and recognise it, never the
 * picture itself.
 *
 * @param ref where the frame lies
 * @param recordTimestampMicros the record's Kafka timestamp, microseconds since the epoch
 * @param reason why it was set aside
 * @param detail the same for people, at most {@link #MAX_DETAIL_CHARS} characters
 * @param sizeBytes size of the encoded picture
 * @param sha256 SHA-256 of the encoded picture, 32 bytes
 * @param head the first bytes of the encoded picture, at most {@link #MAX_HEAD_BYTES}
 */
@TypeInfo(RejectedFrame.Factory.class)
public record RejectedFrame(
    FrameRef ref,
    long recordTimestampMicros,
    DeadLetterReason reason,
    String detail,
    int sizeBytes,
    byte[] sha256,
    byte[] head) {
  /** Longest detail; a longer one is cut. */
  public static final int MAX_DETAIL_CHARS = 200;

  /** Bytes of the picture that are kept. */
  public static final int MAX_HEAD_BYTES = 64;

  /** How Flink handles this type; never Kryo. */
  public static final TypeInformation<RejectedFrame> TYPE =
      new FixedTypeInformation<>(RejectedFrame.class, new RejectedFrameSerializer());

  public RejectedFrame {
    if (detail.length() > MAX_DETAIL_CHARS) {
      detail = detail.substring(0, MAX_DETAIL_CHARS);
    }
    if (head.length > MAX_HEAD_BYTES) {
      throw new IllegalArgumentException(
          "head has " + head.length + " bytes, at most " + MAX_HEAD_BYTES + " are allowed");
    }
  }

  /** Sets a frame aside. */
  public static RejectedFrame of(FrameRecord frame, DeadLetterReason reason, String detail) {
    byte[] picture = frame.picture();
    byte[] head = Arrays.copyOf(picture, Math.min(picture.length, MAX_HEAD_BYTES));
    return new RejectedFrame(
        frame.ref(),
        frame.recordTimestampMicros(),
        reason,
        detail,
        picture.length,
        sha256(picture),
        head);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Gives Flink {@link #TYPE}. */
  public static final class Factory extends TypeInfoFactory<RejectedFrame> {
    @Override
    public TypeInformation<RejectedFrame> createTypeInfo(
        Type type, Map<String, TypeInformation<?>> genericParameters) {
      return TYPE;
    }
  }
}

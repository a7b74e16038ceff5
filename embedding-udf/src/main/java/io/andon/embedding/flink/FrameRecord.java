package io.andon.embedding.flink;

import io.andon.contracts.FrameMetadata;
import io.andon.contracts.FrameRef;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A frame as it was read from {@code andon.frames}. Immutable by contract: nobody changes the bytes
 * of the picture, so a chained operator takes the same object and nothing is copied.
 *
 * @param metadata what the record's headers say
 * @param ref where the frame lies; its camera, play and seq are those of {@code metadata}
 * @param recordTimestampMicros the record's Kafka timestamp, microseconds since the epoch
 * @param fetchedMicros wall clock when the record was read, microseconds since the epoch
 * @param picture the encoded picture, not to be changed; empty where the frame repeats an earlier
 *     one
 */
@TypeInfo(FrameRecord.Factory.class)
public record FrameRecord(
    FrameMetadata metadata,
    FrameRef ref,
    long recordTimestampMicros,
    long fetchedMicros,
    byte[] picture) {
  /** How Flink handles this type; never Kryo. */
  public static final TypeInformation<FrameRecord> TYPE =
      new FixedTypeInformation<>(FrameRecord.class, new FrameRecordSerializer());

  public FrameRecord {
    FrameIdentity.requireSame(metadata, ref);
  }

  /** Gives Flink {@link #TYPE}. */
  public static final class Factory extends TypeInfoFactory<FrameRecord> {
    @Override
    public TypeInformation<FrameRecord> createTypeInfo(
        Type type, Map<String, TypeInformation<?>> genericParameters) {
      return TYPE;
    }
  }
}

package io.andon.embedding.flink;

import io.andon.contracts.FrameMetadata;
import io.andon.contracts.FrameRef;
import io.andon.embedding.FrameEmbedding;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A frame after the model: what is shuffled by camera. Immutable by contract: nobody changes its
 * arrays.
 *
 * @param metadata what the record's headers say
 * @param ref where the frame lies; its camera, play and seq are those of {@code metadata}
 * @param recordTimestampMicros the record's Kafka timestamp, microseconds since the epoch
 * @param embedding what the model says of the picture
 * @param times wall clock of the stages
 * @param spaceId {@link io.andon.embedding.EmbeddingSpace#id()} of {@code embedding}
 */
@TypeInfo(EmbeddedFrame.Factory.class)
public record EmbeddedFrame(
    FrameMetadata metadata,
    FrameRef ref,
    long recordTimestampMicros,
    FrameEmbedding embedding,
    StageTimes times,
    String spaceId) {
  /** How Flink handles this type; never Kryo. */
  public static final TypeInformation<EmbeddedFrame> TYPE =
      new FixedTypeInformation<>(EmbeddedFrame.class, new EmbeddedFrameSerializer());

  public EmbeddedFrame {
    FrameIdentity.requireSame(metadata, ref);
  }

  /** Gives Flink {@link #TYPE}. */
  public static final class Factory extends TypeInfoFactory<EmbeddedFrame> {
    @Override
    public TypeInformation<EmbeddedFrame> createTypeInfo(
        Type type, Map<String, TypeInformation<?>> genericParameters) {
      return TYPE;
    }
  }
}

package io.andon.embedding.flink;

import io.andon.contracts.FrameMetadata;
import io.andon.contracts.FrameRef;
import io.andon.embedding.FrameEmbedding;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.jspecify.annotations.Nullable;

/**
 * A frame after the model: what is shuffled by camera. Immutable by contract: nobody changes its
 * arrays.
 *
 * @param metadata what the record's headers say
 * @param ref where the frame lies; its camera, play and seq are those of {@code metadata}
 * @param recordTimestampMicros the record's Kafka timestamp, microseconds since the epoch
 * @param embedding what the model says of the picture; null where the frame repeats an earlier
 *     picture and has none of its own ({@link FrameMetadata#sameAs})
 * @param times wall clock of the stages
 * @param spaceId {@link io.andon.embedding.EmbeddingSpace#id()} of the model that embeds
 */
@TypeInfo(EmbeddedFrame.Factory.class)
public record EmbeddedFrame(
    FrameMetadata metadata,
    FrameRef ref,
    long recordTimestampMicros,
    @Nullable FrameEmbedding embedding,
    StageTimes times,
    String spaceId) {
  /** How Flink handles this type; never Kryo. */
  public static final TypeInformation<EmbeddedFrame> TYPE =
      new FixedTypeInformation<>(EmbeddedFrame.class, new EmbeddedFrameSerializer());

  public EmbeddedFrame {
    FrameIdentity.requireSame(metadata, ref);
    if ((embedding == null) != metadata.repeatsPicture()) {
      throw new IllegalArgumentException(
          "embedding is "
              + (embedding == null ? "missing" : "there")
              + ", allowed is one where the frame has a picture of its own, and none elsewhere");
    }
  }

  /**
   * What the model says of the frame's own picture.
   *
   * @throws NullPointerException if it has none
   */
  public FrameEmbedding ownEmbedding() {
    return Objects.requireNonNull(embedding, "the frame repeats an earlier picture");
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

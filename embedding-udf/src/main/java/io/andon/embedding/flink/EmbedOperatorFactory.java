package io.andon.embedding.flink;

import io.andon.embedding.EmbedderFactory;
import java.time.Clock;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.util.OutputTag;

/**
 * Makes the embedding operator. Use:
 *
 * <pre>{@code
 * SingleOutputStreamOperator<EmbeddedFrame> embedded =
 *     frames.transform("embed", EmbeddedFrame.TYPE, new EmbedOperatorFactory(...)).uid("embed");
 * DataStream<RejectedFrame> rejected = embedded.getSideOutput(EmbedOperatorFactory.REJECTED);
 * }</pre>
 *
 * Frames leave in the order they came, rejected ones by {@link #REJECTED}.
 */
public final class EmbedOperatorFactory extends AbstractStreamOperatorFactory<EmbeddedFrame>
    implements OneInputStreamOperatorFactory<FrameRecord, EmbeddedFrame> {
  private static final long serialVersionUID = 1;

  /** Where frames go that cannot be embedded. */
  public static final OutputTag<RejectedFrame> REJECTED =
      new OutputTag<>("rejected-frames", RejectedFrame.TYPE);

  private final EmbedderFactory embedders;
  private final PictureDecoderFactory decoders;
  private final EmbedSettings settings;
  private final Clock clock;

  /** An operator that reads the system's clock. */
  public EmbedOperatorFactory(
      EmbedderFactory embedders, PictureDecoderFactory decoders, EmbedSettings settings) {
    this(embedders, decoders, settings, Clock.systemUTC());
  }

  /**
   * An operator with a clock of its own.
   *
   * @param clock gives {@link StageTimes}; serializable
   */
  public EmbedOperatorFactory(
      EmbedderFactory embedders,
      PictureDecoderFactory decoders,
      EmbedSettings settings,
      Clock clock) {
    this.embedders = embedders;
    this.decoders = decoders;
    this.settings = settings;
    this.clock = clock;
    setChainingStrategy(ChainingStrategy.ALWAYS);
  }

  // Flink asks for the operator by a type variable of its own
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  @Override
  public <T extends StreamOperator<EmbeddedFrame>> T createStreamOperator(
      StreamOperatorParameters<EmbeddedFrame> parameters) {
    return (T) new EmbedOperator(parameters, embedders, decoders, settings, clock);
  }

  @Override
  @SuppressWarnings("rawtypes") // the signature is Flink's
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return EmbedOperator.class;
  }
}

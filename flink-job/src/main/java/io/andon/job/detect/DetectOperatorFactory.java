package io.andon.job.detect;

import io.andon.embedding.flink.EmbeddedFrame;
import io.andon.job.events.OutboundRecord;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperatorFactory;

/** Makes the detecting operator. */
public final class DetectOperatorFactory extends AbstractStreamOperatorFactory<OutboundRecord>
    implements TwoInputStreamOperatorFactory<EmbeddedFrame, ControlRecord, OutboundRecord> {
  private static final long serialVersionUID = 1;

  private final DetectSettings settings;

  /**
   * @param settings how the operator runs
   */
  public DetectOperatorFactory(DetectSettings settings) {
    this.settings = settings;
  }

  // Flink asks for the operator by a type variable of its own
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  @Override
  public <T extends StreamOperator<OutboundRecord>> T createStreamOperator(
      StreamOperatorParameters<OutboundRecord> parameters) {
    return (T) new DetectOperator(parameters, settings);
  }

  @Override
  @SuppressWarnings("rawtypes") // the signature is Flink's
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return DetectOperator.class;
  }
}

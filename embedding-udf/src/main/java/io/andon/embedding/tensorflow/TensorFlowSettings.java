package io.andon.embedding.tensorflow;

import io.andon.embedding.model.Model;
import java.util.ArrayList;
import java.util.List;

/**
 * How a {@link TensorFlowEmbedder} runs a model. Equal settings may share one embedder.
 *
 * @param model the model
 * @param precision arithmetic
 * @param device where it runs
 * @param maxBatch pictures a call takes at most, 1..256
 * @param intraOpThreads threads of one operation, 1..1024, or 0 for one a core; the same for every
 *     embedder of a process
 * @param decoder name of the decoder that makes the pictures, {@link
 *     io.andon.embedding.picture.PictureDecoder#name()}
 */
public record TensorFlowSettings(
    Model model,
    Precision precision,
    DeviceChoice device,
    int maxBatch,
    int intraOpThreads,
    String decoder) {
  public TensorFlowSettings {
    List<String> problems = new ArrayList<>();
    if (maxBatch < 1 || maxBatch > 256) {
      problems.add("maxBatch is " + maxBatch + "; allowed is 1 to 256");
    }
    if (intraOpThreads < 0 || intraOpThreads > 1024) {
      problems.add("intraOpThreads is " + intraOpThreads + "; allowed is 0 to 1024");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }

  /** fp32 on the CPU, batches of up to 8, one thread a core. */
  public static TensorFlowSettings of(Model model, String decoder) {
    return new TensorFlowSettings(model, Precision.FP32, DeviceChoice.CPU, 8, 0, decoder);
  }

  /** The same in other arithmetic. */
  public TensorFlowSettings withPrecision(Precision other) {
    return new TensorFlowSettings(model, other, device, maxBatch, intraOpThreads, decoder);
  }
}

package io.andon.embedding.tensorflow;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import io.andon.embedding.model.Model;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;

/**
 * One signature of a SavedModel, loaded. Safe for use by several threads. Each call has a manager
 * of its own, whose end frees the call's native memory.
 */
final class Network implements AutoCloseable {
  private final ZooModel<NDList, NDList> loaded;
  private final boolean onGpu;

  private Network(ZooModel<NDList, NDList> loaded, boolean onGpu) {
    this.loaded = loaded;
    this.onGpu = onGpu;
  }

  boolean isOnGpu() {
    return onGpu;
  }

  /**
   * Loads a signature, which the caller has checked is in the model: DJL would fall back to any
   * other without a word.
   */
  static Network load(TensorFlowSettings settings, Model model, String signature) {
    Engine engine = TensorFlowRuntime.start(settings.intraOpThreads());
    Device device = device(settings, engine);
    ConfigProto config = config(settings.precision(), device);
    Criteria<NDList, NDList> criteria =
        Criteria.builder()
            .setTypes(NDList.class, NDList.class)
            .optEngine("TensorFlow")
            .optDevice(device)
            .optModelPath(model.directory())
            .optModelName("saved_model")
            .optTranslator(new NoopTranslator())
            .optOption("SignatureDefKey", signature)
            .optOption("ConfigProto", Base64.getEncoder().encodeToString(config.toByteArray()))
            .build();
    try {
      return new Network(criteria.loadModel(), device.isGpu());
    } catch (IOException | ModelNotFoundException | MalformedModelException e) {
      throw new IllegalStateException("TensorFlow can't load " + model.savedModel(), e);
    }
  }

  private static Device device(TensorFlowSettings settings, Engine engine) {
    boolean gpuPresent = engine.getGpuCount() > 0;
    if (settings.device() == DeviceChoice.GPU && !gpuPresent) {
      throw new IllegalStateException(
          "device is gpu and TensorFlow sees none; allowed here are cpu and auto (docs/models.md"
              + " tells how to build with GPU natives)");
    }
    Device device =
        settings.device() == DeviceChoice.CPU || !gpuPresent ? Device.cpu() : Device.gpu();
    if (settings.precision() == Precision.BF16 && device.isGpu()) {
      throw new IllegalStateException("precision is bf16; allowed on a gpu is fp32");
    }
    return device;
  }

  private static ConfigProto config(Precision precision, Device device) {
    RewriterConfig.Builder rewriter = RewriterConfig.newBuilder();
    if (precision == Precision.BF16) {
      rewriter.setAutoMixedPrecisionOnednnBfloat16(RewriterConfig.Toggle.ON);
    }
    ConfigProto.Builder config =
        ConfigProto.newBuilder()
            .setGraphOptions(GraphOptions.newBuilder().setRewriteOptions(rewriter));
    if (!device.isGpu()) {
      config.putDeviceCount("GPU", 0);
    }
    return config.build();
  }

  /**
   * Runs the signature.
   *
   * @param input a direct buffer, NHWC, not touched by others until the call returns
   * @param reader reads the outputs, whose memory ends with the call
   */
  <T> T run(ByteBuffer input, Shape shape, DataType dtype, Function<NDList, T> reader) {
    try (NDManager call = loaded.getNDManager().newSubManager();
        Predictor<NDList, NDList> predictor = loaded.newPredictor();
        NDList outputs = predictor.predict(new NDList(call.create(input, shape, dtype)))) {
      return reader.apply(outputs);
    } catch (TranslateException e) {
      throw new IllegalStateException("TensorFlow failed on a batch of shape " + shape, e);
    }
  }

  /** Names of the outputs of a run, for messages. */
  static List<String> names(NDList outputs) {
    return outputs.stream().map(output -> String.valueOf(output.getName())).sorted().toList();
  }

  @Override
  public void close() {
    loaded.close();
  }
}

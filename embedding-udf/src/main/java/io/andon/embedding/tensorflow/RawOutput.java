package io.andon.embedding.tensorflow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.andon.embedding.Picture;
import io.andon.embedding.model.Model;
import java.nio.ByteBuffer;
import java.util.List;

/** Reads any float output of any signature of a model, for estimates and comparisons. */
public final class RawOutput implements AutoCloseable {
  private final Network network;
  private final PictureBuffers buffers;

  private RawOutput(Model model, String signature) {
    this.network = Network.load(TensorFlowSettings.of(model, "none"), model, signature);
    this.buffers = new PictureBuffers(model.descriptor().input());
  }

  /** Loads a signature on the CPU in fp32; its input is the one that the descriptor describes. */
  public static RawOutput open(Model model, String signature) {
    return new RawOutput(model, signature);
  }

  /** The values of one output for one picture, row-major. */
  public float[] of(Picture picture, String output) {
    ByteBuffer input = buffers.fill(List.of(picture));
    Shape shape = new Shape(1, picture.height(), picture.width(), 3);
    return network.run(
        input,
        shape,
        DataType.UINT8,
        outputs -> {
          NDArray values = outputs.get(output);
          if (values == null) {
            throw new IllegalArgumentException(
                "output is " + output + "; the signature has " + Network.names(outputs));
          }
          return values.toFloatArray();
        });
  }

  @Override
  public void close() {
    network.close();
  }
}

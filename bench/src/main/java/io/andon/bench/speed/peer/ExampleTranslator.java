package io.andon.bench.speed.peer;

import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.util.NDImageUtils;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslatorContext;
import io.andon.embedding.Embedder;
import io.andon.embedding.FrameEmbedding;
import io.andon.embedding.InputShape;
import io.andon.embedding.LumaPlane;
import io.andon.embedding.model.ModelDescriptor;

/** A picture to the model's input, by DJL's operations, and the outputs to an embedding. */
final class ExampleTranslator implements NoBatchifyTranslator<Image, FrameEmbedding> {
  private static final String PIXELS = "pixels";

  private record Pixels(InputShape shape, byte[] rgb) {}

  private final Embedder shapes;
  private final ModelDescriptor descriptor;

  /**
   * @param shapes tells the size that the job would scale a picture to
   */
  ExampleTranslator(Embedder shapes, ModelDescriptor descriptor) {
    this.shapes = shapes;
    this.descriptor = descriptor;
  }

  @Override
  public NDList processInput(TranslatorContext context, Image image) {
    InputShape shape = shapes.inputShapeFor(image.getWidth(), image.getHeight());
    NDArray scaled =
        NDImageUtils.resize(image.toNDArray(context.getNDManager()), shape.width(), shape.height())
            .toType(DataType.UINT8, false);
    context.setAttachment(PIXELS, new Pixels(shape, scaled.toByteArray()));
    return new NDList(scaled.expandDims(0));
  }

  @Override
  public FrameEmbedding processOutput(TranslatorContext context, NDList outputs) {
    Pixels pixels = (Pixels) context.getAttachment(PIXELS);
    ModelDescriptor.Patches patches = descriptor.patches();
    return new FrameEmbedding(
        pixels.shape().height() / patches.stride(),
        pixels.shape().width() / patches.stride(),
        patches.channels(),
        outputs.get(patches.name()).toByteArray(),
        patches.scale(),
        outputs.get(descriptor.pooled().name()).toFloatArray(),
        luma(pixels));
  }

  /** Brightness (BT.601) of one pixel of each two by two. */
  private static LumaPlane luma(Pixels pixels) {
    int columns = pixels.shape().width() / 2;
    int rows = pixels.shape().height() / 2;
    byte[] values = new byte[columns * rows];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int at = (row * 2 * pixels.shape().width() + column * 2) * 3;
        int red = pixels.rgb()[at] & 0xFF;
        int green = pixels.rgb()[at + 1] & 0xFF;
        int blue = pixels.rgb()[at + 2] & 0xFF;
        values[row * columns + column] = (byte) ((77 * red + 150 * green + 29 * blue + 128) >> 8);
      }
    }
    return new LumaPlane(columns, rows, values);
  }
}

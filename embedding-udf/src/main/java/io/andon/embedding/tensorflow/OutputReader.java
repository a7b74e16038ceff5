package io.andon.embedding.tensorflow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.andon.embedding.EmbeddingResult;
import io.andon.embedding.FrameEmbedding;
import io.andon.embedding.Picture;
import io.andon.embedding.model.ElementType;
import io.andon.embedding.model.ModelDescriptor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Turns a run's outputs into results, one a picture, and checks that they are as described. */
final class OutputReader {
  private static final float LARGEST_STEP = 127;

  private final ModelDescriptor descriptor;

  OutputReader(ModelDescriptor descriptor) {
    this.descriptor = descriptor;
  }

  /**
   * Reads a batch.
   *
   * @throws IllegalStateException if an output is missing or has another shape or type
   */
  List<EmbeddingResult> read(NDList outputs, List<Picture> batch) {
    int count = batch.size();
    int stride = descriptor.patches().stride();
    int rows = batch.get(0).height() / stride;
    int columns = batch.get(0).width() / stride;
    int channels = descriptor.patches().channels();
    boolean quantised = descriptor.patches().dtype() == ElementType.INT8;
    NDArray patches =
        output(
            outputs,
            descriptor.patches().name(),
            quantised ? DataType.INT8 : DataType.FLOAT32,
            new Shape(count, rows, columns, channels));
    int dimensions = descriptor.pooled().dimensions();
    float[] pooled =
        output(outputs, descriptor.pooled().name(), DataType.FLOAT32, new Shape(count, dimensions))
            .toFloatArray();
    boolean[] finite = finite(outputs, count);
    Grids grids = quantised ? new Int8Grids(patches) : new FloatGrids(patches);

    int cellValues = rows * columns * channels;
    List<EmbeddingResult> results = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      float[] vector = Arrays.copyOfRange(pooled, i * dimensions, (i + 1) * dimensions);
      byte[] grid = new byte[cellValues];
      boolean usable = grids.copy(i * cellValues, grid) && finite[i] && allFinite(vector);
      results.add(
          usable
              ? new EmbeddingResult.Valid(
                  new FrameEmbedding(
                      rows,
                      columns,
                      channels,
                      grid,
                      descriptor.patches().scale(),
                      vector,
                      batch.get(i).luma()))
              : new EmbeddingResult.Invalid("the model's values are not finite"));
    }
    return results;
  }

  private boolean[] finite(NDList outputs, int count) {
    String name = descriptor.finite();
    if (name == null) {
      boolean[] all = new boolean[count];
      Arrays.fill(all, true);
      return all;
    }
    return output(outputs, name, DataType.BOOLEAN, new Shape(count)).toBooleanArray();
  }

  private static NDArray output(NDList outputs, String name, DataType dtype, Shape shape) {
    NDArray output = outputs.get(name);
    if (output == null) {
      throw new IllegalStateException(
          "the model has no output " + name + " but " + Network.names(outputs));
    }
    if (output.getDataType() != dtype || !output.getShape().equals(shape)) {
      throw new IllegalStateException(
          "output "
              + name
              + " is "
              + output.getDataType()
              + " "
              + output.getShape()
              + "; the descriptor allows "
              + dtype
              + " "
              + shape);
    }
    return output;
  }

  private static boolean allFinite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  /** The patch grids of a batch. */
  private interface Grids {
    /** Copies one picture's values; false if they are not finite. */
    boolean copy(int from, byte[] to);
  }

  private static final class Int8Grids implements Grids {
    private final byte[] values;

    Int8Grids(NDArray patches) {
      values = patches.toByteArray();
    }

    @Override
    public boolean copy(int from, byte[] to) {
      System.arraycopy(values, from, to, 0, to.length);
      return true;
    }
  }

  private final class FloatGrids implements Grids {
    private final float[] values;

    FloatGrids(NDArray patches) {
      values = patches.toFloatArray();
    }

    @Override
    public boolean copy(int from, byte[] to) {
      float scale = descriptor.patches().scale();
      for (int i = 0; i < to.length; i++) {
        float value = values[from + i];
        if (!Float.isFinite(value)) {
          return false;
        }
        double steps = Math.rint((double) value / scale);
        to[i] = (byte) Math.max(-LARGEST_STEP, Math.min(LARGEST_STEP, steps));
      }
      return true;
    }
  }
}

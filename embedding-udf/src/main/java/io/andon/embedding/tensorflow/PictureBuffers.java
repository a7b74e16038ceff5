package io.andon.embedding.tensorflow;

import io.andon.embedding.Picture;
import io.andon.embedding.model.ElementType;
import io.andon.embedding.model.ModelDescriptor.ColourOrder;
import io.andon.embedding.model.ModelDescriptor.Input;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Direct buffers for batches of pictures in the form a model takes. As many are kept as calls of
 * the model may run side by side; what is beyond them is left to the garbage collector.
 */
final class PictureBuffers {
  private static final int KEPT = Math.max(4, Runtime.getRuntime().availableProcessors());

  private final Input input;
  private final float[] levels = new float[256];
  private final Queue<ByteBuffer> idle = new ArrayBlockingQueue<>(KEPT);

  PictureBuffers(Input input) {
    this.input = input;
    for (int level = 0; level < levels.length; level++) {
      levels[level] = input.min() + (input.max() - input.min()) * level / 255f;
    }
  }

  /** A buffer filled with the batch, to be given back. */
  ByteBuffer fill(List<Picture> batch) {
    int values = batch.size() * batch.get(0).rgb().length;
    int bytes = values * (input.dtype() == ElementType.FLOAT32 ? Float.BYTES : 1);
    ByteBuffer buffer = take(bytes);
    for (Picture picture : batch) {
      put(buffer, picture.rgb());
    }
    return buffer.flip();
  }

  void giveBack(ByteBuffer buffer) {
    idle.offer(buffer);
  }

  private ByteBuffer take(int bytes) {
    ByteBuffer buffer = idle.poll();
    return buffer == null || buffer.capacity() < bytes
        ? ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder())
        : buffer.clear();
  }

  private void put(ByteBuffer buffer, byte[] rgb) {
    boolean swapped = input.colourOrder() == ColourOrder.BGR;
    if (input.dtype() == ElementType.UINT8 && !swapped) {
      buffer.put(rgb);
      return;
    }
    for (int pixel = 0; pixel < rgb.length; pixel += 3) {
      for (int channel = 0; channel < 3; channel++) {
        byte value = rgb[pixel + (swapped ? 2 - channel : channel)];
        if (input.dtype() == ElementType.UINT8) {
          buffer.put(value);
        } else {
          buffer.putFloat(levels[value & 0xFF]);
        }
      }
    }
  }
}

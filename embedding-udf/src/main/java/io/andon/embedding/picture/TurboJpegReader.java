package io.andon.embedding.picture;

import io.andon.embedding.picture.turbojpeg.TurboJpeg;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads samples by libjpeg-turbo, into memory that is used again. A few buffers are kept; what is
 * beyond them is left to the garbage collector.
 */
final class TurboJpegReader {
  /**
   * Pixels of a picture at most, 1080p and some more: larger ones are rare, since ingest scales
   * what it sends, and the direct memory of a worker is bounded.
   */
  static final int MOST_PIXELS = 1 << 21;

  /** Threads that decode at a time, on a CPU at least. */
  private static final int KEPT = Math.max(4, Runtime.getRuntime().availableProcessors());

  private record Room(ByteBuffer decoded, byte[] samples) {
    static Room of(int bytes) {
      return new Room(ByteBuffer.allocateDirect(bytes), new byte[bytes]);
    }
  }

  private final Queue<Room> idle = new ArrayBlockingQueue<>(KEPT);

  /** Whether the library is there and reads such pictures to the bits that the JDK gives. */
  static boolean takes(JpegHeader header) {
    return header.plain()
        && (long) header.width() * header.height() <= MOST_PIXELS
        && TurboJpeg.isInstalled();
  }

  /**
   * Decodes a picture that {@link #takes} is true for.
   *
   * @param use what is made of the samples (1 or 3 a pixel, R, G, B), from the start of an array
   *     that may be longer; they are gone when it returns
   * @return what use gave; nothing if the library refuses the picture or doubts a part of it
   */
  <T> @Nullable T read(byte[] jpeg, JpegHeader header, Function<byte[], T> use) {
    int bytes = header.width() * header.height() * header.components();
    Room room = room(bytes);
    try {
      if (!TurboJpeg.decompress(
          jpeg, header.width(), header.height(), header.components(), room.decoded())) {
        return null;
      }
      room.decoded().get(0, room.samples(), 0, bytes);
      return use.apply(room.samples());
    } finally {
      idle.offer(room);
    }
  }

  /** Rooms grow to the largest picture. */
  private Room room(int bytes) {
    Room room = idle.poll();
    return room == null || room.samples().length < bytes ? Room.of(bytes) : room;
  }
}

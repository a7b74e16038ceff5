package io.andon.embedding.picture.turbojpeg;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * libjpeg-turbo by its TurboJPEG interface, version 2 of which Debian's libturbojpeg0 has. Decodes
 * with the accurate inverse DCT and smooth chroma upsampling, as the JDK's own reader does. Safe
 * for many threads.
 */
public final class TurboJpeg {
  private static final Logger LOG = LoggerFactory.getLogger(TurboJpeg.class);

  // Of turbojpeg.h.
  private static final int CHROMA_444 = 0;
  private static final int CHROMA_422 = 1;
  private static final int CHROMA_420 = 2;
  private static final int CHROMA_NONE = 3;
  private static final int YCBCR = 1;
  private static final int GREY = 2;
  private static final int TO_RGB = 0;
  private static final int TO_GREY = 6;
  private static final int ACCURATE_DCT = 4096;

  private TurboJpeg() {}

  /** Whether this process has the library; looked for once. */
  public static boolean isInstalled() {
    return Found.INSTALLED;
  }

  /**
   * Decodes a picture to its own size. Grey, and YCbCr whose chroma is whole, halved across or
   * halved both ways.
   *
   * @param jpeg a complete file
   * @param width pixels, as its header says
   * @param height pixels, as its header says
   * @param components 1 or 3, as its header says
   * @param samples a direct buffer, filled from its start with {@code height * width * components}
   *     bytes: R, G, B or grey
   * @return whether the buffer holds the picture; if not, the library refuses it, doubts a part of
   *     it, or reads another header in it
   * @throws IllegalArgumentException if the buffer is not direct, or too small
   * @throws IllegalStateException if there is no library, or no memory for its call
   */
  public static boolean decompress(
      byte[] jpeg, int width, int height, int components, ByteBuffer samples) {
    long bytes = (long) width * height * components;
    if (!samples.isDirect() || samples.capacity() < bytes) {
      throw new IllegalArgumentException(
          "samples are "
              + samples.capacity()
              + " bytes, direct: "
              + samples.isDirect()
              + "; allowed is a direct buffer of "
              + bytes
              + " and more");
    }
    if (!isInstalled()) {
      throw new IllegalStateException("libturbojpeg is not installed");
    }
    Pointer handle = Found.tjInitDecompress();
    if (handle == null) {
      throw new IllegalStateException("libturbojpeg gives no decompressor");
    }
    try {
      return agrees(handle, jpeg, width, height, components)
          && Found.tjDecompress2(
                  handle,
                  jpeg,
                  jpeg.length,
                  samples,
                  width,
                  width * components,
                  height,
                  components == 1 ? TO_GREY : TO_RGB,
                  ACCURATE_DCT)
              == 0;
    } finally {
      Found.tjDestroy(handle);
    }
  }

  /** Lest it write more than the caller made room for, or mean another colour. */
  private static boolean agrees(
      Pointer handle, byte[] jpeg, int width, int height, int components) {
    int[] itsWidth = new int[1];
    int[] itsHeight = new int[1];
    int[] chroma = new int[1];
    int[] space = new int[1];
    int failed =
        Found.tjDecompressHeader3(handle, jpeg, jpeg.length, itsWidth, itsHeight, chroma, space);
    return failed == 0
        && itsWidth[0] == width
        && itsHeight[0] == height
        && (components == 1
            ? space[0] == GREY && chroma[0] == CHROMA_NONE
            : space[0] == YCBCR && isKnown(chroma[0]));
  }

  private static boolean isKnown(int chroma) {
    return chroma == CHROMA_444 || chroma == CHROMA_422 || chroma == CHROMA_420;
  }

  /** JNA's direct mapping: names and types are C's; its {@code unsigned long} has 64 bits here. */
  private static final class Found {
    static final boolean INSTALLED = find();

    private static boolean find() {
      try {
        // By JNA's own class loader: JNA keeps it for as long as it lives, and this one is a job's.
        Native.register(
            Found.class,
            NativeLibrary.getInstance(
                "libturbojpeg.so.0",
                Map.of(Library.OPTION_CLASSLOADER, Native.class.getClassLoader())));
        LOG.info("JPEG pictures are decoded by libjpeg-turbo");
        return true;
      } catch (LinkageError e) {
        LOG.info(
            "JPEG pictures are decoded by the JDK, which is slower: {}. Debian's"
                + " package libturbojpeg0 has the faster decoder.",
            e.getMessage());
        return false;
      }
    }

    static native @Nullable Pointer tjInitDecompress();

    static native int tjDecompressHeader3(
        Pointer handle,
        byte[] jpeg,
        long size,
        int[] width,
        int[] height,
        int[] chroma,
        int[] colourSpace);

    static native int tjDecompress2(
        Pointer handle,
        byte[] jpeg,
        long size,
        ByteBuffer samples,
        int width,
        int pitch,
        int height,
        int pixelFormat,
        int flags);

    static native int tjDestroy(Pointer handle);
  }
}

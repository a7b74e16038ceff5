package io.andon.embedding.picture;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * What the markers of a JPEG file say, read without decoding it (ITU-T T.81, annex B).
 *
 * @param width pixels
 * @param height pixels
 * @param components 1 grey, 3 colour, 4 CMYK
 * @param precision bits a sample
 * @param frame the frame's marker: 0xC0 baseline, 0xC1 extended, 0xC2 progressive, others rare
 * @param scans how many scans there are
 * @param plain whether it is what cameras and encoders write as a rule: JFIF, baseline, one scan,
 *     and nothing that could mean other colours than JFIF's (no marker of another application)
 */
record JpegHeader(
    int width, int height, int components, int precision, int frame, int scans, boolean plain) {
  private static final int START_OF_IMAGE = 0xD8;
  private static final int END_OF_IMAGE = 0xD9;
  private static final int START_OF_SCAN = 0xDA;
  private static final int BASELINE = 0xC0;
  private static final int APPLICATION = 0xE0;
  private static final byte[] JFIF = {'J', 'F', 'I', 'F', 0};

  /** Quantisation and Huffman tables, restart interval, comment. */
  private static final Set<Integer> HARMLESS = Set.of(0xDB, 0xC4, 0xDD, 0xFE);

  /**
   * Reads a header.
   *
   * @return nothing if the bytes are no complete JPEG file: they don't start as one, a segment runs
   *     over the end, there is no frame in front of the first scan or more than one, there is no
   *     scan, or the end marker is missing
   */
  static Optional<JpegHeader> read(byte[] jpeg) {
    return new Reader(jpeg).read();
  }

  /** Walks over segments; entropy-coded data is passed by until the next marker. */
  private static final class Reader {
    private final byte[] bytes;
    private int at;
    private int scans;
    private boolean jfif;
    private boolean plain = true;
    private JpegHeader frame = new JpegHeader(0, 0, 0, 0, 0, 0, false);

    Reader(byte[] bytes) {
      this.bytes = bytes;
    }

    Optional<JpegHeader> read() {
      if (bytes.length < 4 || unsigned(0) != 0xFF || unsigned(1) != START_OF_IMAGE) {
        return Optional.empty();
      }
      at = 2;
      for (int marker = nextMarker(); marker >= 0; marker = nextMarker()) {
        if (marker == END_OF_IMAGE) {
          return complete();
        }
        if (isAlone(marker)) {
          plain &= isRestart(marker);
        } else if (!segment(marker)) {
          return Optional.empty();
        }
      }
      return Optional.empty();
    }

    private Optional<JpegHeader> complete() {
      boolean whole = frame.components > 0 && scans > 0;
      return whole
          ? Optional.of(
              new JpegHeader(
                  frame.width,
                  frame.height,
                  frame.components,
                  frame.precision,
                  frame.frame,
                  scans,
                  plain && jfif && scans == 1))
          : Optional.empty();
    }

    /** The next marker's code, -1 at the end of the bytes. A stuffed 0xFF00 is data. */
    private int nextMarker() {
      while (at + 1 < bytes.length) {
        int code = unsigned(at + 1);
        if (unsigned(at) == 0xFF && code != 0 && code != 0xFF) {
          at += 2;
          return code;
        }
        at++;
      }
      return -1;
    }

    private static boolean isAlone(int marker) {
      return marker == 0x01 || (marker >= 0xD0 && marker <= START_OF_IMAGE);
    }

    private static boolean isRestart(int marker) {
      return marker >= 0xD0 && marker <= 0xD7;
    }

    private boolean segment(int marker) {
      if (at + 2 > bytes.length) {
        return false;
      }
      int length = unsigned(at) << 8 | unsigned(at + 1);
      if (length < 2 || at + length > bytes.length) {
        return false;
      }
      if (isFrame(marker)) {
        // A decoder goes by the first frame, so a second one would hide how large the picture is.
        if (length < 8 || frame.components > 0 || scans > 0) {
          return false;
        }
        frame = frame(marker);
      }
      if (marker == START_OF_SCAN) {
        scans++;
      } else if (marker == APPLICATION && !jfif && isJfif(length)) {
        jfif = true;
      } else {
        plain &= marker == BASELINE || HARMLESS.contains(marker);
      }
      at += length;
      return true;
    }

    private boolean isJfif(int length) {
      int from = at + 2;
      return length >= 2 + JFIF.length
          && Arrays.equals(bytes, from, from + JFIF.length, JFIF, 0, JFIF.length);
    }

    private static boolean isFrame(int marker) {
      return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private JpegHeader frame(int marker) {
      int height = unsigned(at + 3) << 8 | unsigned(at + 4);
      int width = unsigned(at + 5) << 8 | unsigned(at + 6);
      return new JpegHeader(width, height, unsigned(at + 7), unsigned(at + 2), marker, 0, false);
    }

    private int unsigned(int index) {
      return bytes[index] & 0xFF;
    }
  }
}

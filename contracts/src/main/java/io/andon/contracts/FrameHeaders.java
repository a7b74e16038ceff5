package io.andon.contracts;

import io.andon.contracts.Decoded.Rejected;
import io.andon.contracts.Decoded.Valid;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a record of {@code andon.frames}, UTF-8 text. The record's key is the camera id,
 * its value the encoded picture itself.
 */
public final class FrameHeaders {
  /** Version of the headers; {@code 1}, or {@code 2} where {@link #SAME_AS} is there. */
  public static final String VERSION = "andon.v";

  /** Capture time, microseconds since the epoch. */
  public static final String CAPTURED_MICROS = "andon.captured-us";

  /** Which clock gave the capture time, see {@link ClockSource}. */
  public static final String CLOCK = "andon.clock";

  /** Number of the connection. */
  public static final String PLAY = "andon.play";

  /** Number within the play. */
  public static final String SEQ = "andon.seq";

  /** Picture width, pixels. */
  public static final String WIDTH = "andon.width";

  /** Picture height, pixels. */
  public static final String HEIGHT = "andon.height";

  /** Comma separated, see {@link FrameFlag}; left out where there are none. */
  public static final String FLAGS = "andon.flags";

  /**
   * Number of an earlier frame of the same play whose picture this frame repeats; the value of such
   * a record is empty. Since version 2.
   */
  public static final String SAME_AS = "andon.same-as";

  /**
   * How many of the camera's frame intervals lie between this frame and the one numbered before it;
   * left out where it is 1 or not known.
   */
  public static final String INTERVALS = "andon.intervals";

  /** Most frame intervals between two frames. */
  public static final int MAX_INTERVALS = 1_000;

  /** Largest width and height, pixels. */
  public static final int MAX_SIDE = 16_384;

  /** Largest capture time, microseconds since the epoch: the end of the year 9999. */
  public static final long MAX_CAPTURED_MICROS = Bounds.MAX_MICROS;

  private static final String WITH_PICTURE = "1";
  private static final String REPEATED = "2";
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,18}");
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");

  private FrameHeaders() {}

  /**
   * The headers of a frame, in a fixed order.
   *
   * @throws IllegalArgumentException if a value is outside its bounds
   */
  public static List<WireHeader> encode(FrameMetadata frame) {
    CameraId.require(frame.camera());
    List<WireHeader> headers = new ArrayList<>(10);
    headers.add(WireHeader.of(VERSION, frame.repeatsPicture() ? REPEATED : WITH_PICTURE));
    add(headers, CAPTURED_MICROS, Bounds.micros(CAPTURED_MICROS, frame.capturedMicros()));
    headers.add(WireHeader.of(CLOCK, frame.clock().wireName()));
    add(headers, PLAY, Bounds.within(PLAY, frame.play(), 0, Long.MAX_VALUE));
    add(headers, SEQ, Bounds.within(SEQ, frame.seq(), 0, Long.MAX_VALUE));
    add(headers, WIDTH, Bounds.within(WIDTH, frame.width(), 1, MAX_SIDE));
    add(headers, HEIGHT, Bounds.within(HEIGHT, frame.height(), 1, MAX_SIDE));
    if (!frame.flags().isEmpty()) {
      headers.add(WireHeader.of(FLAGS, flagText(frame.flags())));
    }
    if (frame.repeatsPicture()) {
      add(headers, SAME_AS, Bounds.within(SAME_AS, frame.sameAs().getAsLong(), 0, frame.seq() - 1));
    }
    if (Bounds.within(INTERVALS, frame.intervals(), 1, MAX_INTERVALS) > 1) {
      add(headers, INTERVALS, frame.intervals());
    }
    return List.copyOf(headers);
  }

  private static void add(List<WireHeader> headers, String name, long value) {
    headers.add(WireHeader.of(name, Long.toString(value)));
  }

  private static String flagText(Set<FrameFlag> flags) {
    return flags.stream()
        .sorted(Comparator.naturalOrder())
        .map(FrameFlag::wireName)
        .collect(Collectors.joining(","));
  }

  /**
   * Reads a frame's metadata; never throws. Unknown headers and flags are ignored; of a repeated
   * header the last one counts.
   *
   * @param key the record's key
   * @param headers the record's headers
   * @return the metadata, or a rejection as {@link DeadLetterReason#UNKNOWN_VERSION}, {@link
   *     DeadLetterReason#BAD_KEY}, {@link DeadLetterReason#MISSING_HEADER} or {@link
   *     DeadLetterReason#BAD_HEADER}
   */
  public static Decoded<FrameMetadata> decode(byte @Nullable [] key, Iterable<WireHeader> headers) {
    Map<String, String> texts = new HashMap<>();
    for (WireHeader header : headers) {
      String text = header.text();
      if (text != null) {
        texts.put(header.name(), text);
      }
    }
    try {
      return new Valid<>(read(key, texts));
    } catch (RejectedFrame e) {
      return new Rejected<>(e.reason, e.detail);
    }
  }

  private static FrameMetadata read(byte @Nullable [] key, Map<String, String> headers)
      throws RejectedFrame {
    String version = text(headers, VERSION);
    requireKnownVersion(version);
    String camera = CameraId.fromKey(key).orElse(null);
    if (camera == null) {
      throw new RejectedFrame(
          DeadLetterReason.BAD_KEY, "key is no camera id, allowed is " + CameraId.PATTERN);
    }
    long seq = number(headers, SEQ, 0, Long.MAX_VALUE);
    return new FrameMetadata(
        camera,
        number(headers, CAPTURED_MICROS, 0, Bounds.MAX_MICROS),
        clock(text(headers, CLOCK)),
        number(headers, PLAY, 0, Long.MAX_VALUE),
        seq,
        (int) number(headers, WIDTH, 1, MAX_SIDE),
        (int) number(headers, HEIGHT, 1, MAX_SIDE),
        flags(headers.getOrDefault(FLAGS, "")),
        // In version 1 a header of this name is one that nobody knows.
        version.equals(REPEATED)
            ? OptionalLong.of(number(headers, SAME_AS, 0, seq - 1))
            : OptionalLong.empty(),
        headers.containsKey(INTERVALS) ? (int) number(headers, INTERVALS, 1, MAX_INTERVALS) : 1);
  }

  private static void requireKnownVersion(String version) throws RejectedFrame {
    if (!version.equals(WITH_PICTURE) && !version.equals(REPEATED)) {
      boolean isNumber = DIGITS.matcher(version).matches();
      throw new RejectedFrame(
          isNumber ? DeadLetterReason.UNKNOWN_VERSION : DeadLetterReason.BAD_HEADER,
          wrong(VERSION, version, WITH_PICTURE + " or " + REPEATED));
    }
  }

  private static String text(Map<String, String> headers, String name) throws RejectedFrame {
    String text = headers.get(name);
    if (text == null) {
      throw new RejectedFrame(DeadLetterReason.MISSING_HEADER, name + " is missing");
    }
    return text;
  }

  private static long number(Map<String, String> headers, String name, long min, long max)
      throws RejectedFrame {
    String text = text(headers, name);
    long value = NUMBER.matcher(text).matches() ? parsed(text) : -1;
    if (value < min || value > max) {
      throw new RejectedFrame(
          DeadLetterReason.BAD_HEADER, wrong(name, text, "an integer from " + min + " to " + max));
    }
    return value;
  }

  private static long parsed(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      return -1; // nineteen digits may be more than a long holds
    }
  }

  private static ClockSource clock(String text) throws RejectedFrame {
    ClockSource clock = WireNamed.find(ClockSource.class, text).orElse(null);
    if (clock == null) {
      throw new RejectedFrame(DeadLetterReason.BAD_HEADER, wrong(CLOCK, text, "sender or arrival"));
    }
    return clock;
  }

  private static Set<FrameFlag> flags(String text) {
    Set<FrameFlag> flags = EnumSet.noneOf(FrameFlag.class);
    for (FrameFlag flag : FrameFlag.values()) {
      if (("," + text + ",").contains("," + flag.wireName() + ",")) {
        flags.add(flag);
      }
    }
    return flags;
  }

  private static String wrong(String name, String value, String allowed) {
    return name + " is " + BoundedText.quoted(value) + ", allowed is " + allowed;
  }

  /** Carries a rejection out of the reading methods; without a stack trace, bad frames are data. */
  private static final class RejectedFrame extends Exception {
    private static final long serialVersionUID = 1L;
    private final DeadLetterReason reason;
    private final String detail;

    private RejectedFrame(DeadLetterReason reason, String detail) {
      super(detail, null, false, false);
      this.reason = reason;
      this.detail = detail;
    }
  }
}

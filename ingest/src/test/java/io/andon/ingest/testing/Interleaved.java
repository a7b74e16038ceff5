package io.andon.ingest.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Predicate;

/** What an RTSP server sends over TCP: answers, and between them RTP and RTCP packets. */
final class Interleaved {
  private static final int MOST_ANSWER_BYTES = 65_536;

  private Interleaved() {}

  /**
   * Passes it on until it ends.
   *
   * @param keeps whether an RTP packet is passed on; everything else is
   */
  static void pass(InputStream from, OutputStream to, Predicate<byte[]> keeps) throws IOException {
    DataInputStream in = new DataInputStream(from);
    for (int first = in.read(); first >= 0; first = in.read()) {
      if (first == '$') {
        int channel = in.readUnsignedByte();
        byte[] packet = new byte[in.readUnsignedShort()];
        in.readFully(packet);
        if (channel % 2 != 0 || keeps.test(packet)) {
          to.write(
              new byte[] {'$', (byte) channel, (byte) (packet.length >> 8), (byte) packet.length});
          to.write(packet);
        }
      } else {
        answer(first, in, to);
      }
      to.flush();
    }
  }

  private static void answer(int first, DataInputStream in, OutputStream to) throws IOException {
    StringBuilder head = new StringBuilder().append((char) first);
    while (head.indexOf("\r\n\r\n") < 0) {
      if (head.length() > MOST_ANSWER_BYTES) {
        throw new EOFException("no end of an answer");
      }
      head.append((char) in.readUnsignedByte());
    }
    to.write(head.toString().getBytes(ISO_8859_1));
    to.write(in.readNBytes(bodyBytes(head.toString())));
  }

  private static int bodyBytes(String head) {
    return head.lines()
        .filter(line -> line.regionMatches(true, 0, "Content-Length:", 0, 15))
        .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
        .findFirst()
        .orElse(0);
  }
}

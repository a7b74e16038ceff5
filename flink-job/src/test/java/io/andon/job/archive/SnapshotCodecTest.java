package io.andon.job.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class SnapshotCodecTest {
  private static final ArchivedSnapshot SNAPSHOT = TestSnapshots.after("press-1", 40);

  @Test
  void readsWhatItWrote() throws Exception {
    assertThat(SnapshotCodec.decode(SnapshotCodec.encode(SNAPSHOT)))
        .usingRecursiveComparison()
        .isEqualTo(SNAPSHOT);
  }

  @Test
  void readsVersionOneForGood() throws Exception {
    try (var in = SnapshotCodecTest.class.getResourceAsStream("/golden/archived-snapshot-v1.b64")) {
      byte[] file =
          Base64.getMimeDecoder().decode(new String(in.readAllBytes(), StandardCharsets.US_ASCII));

      assertThat(SnapshotCodec.decode(file)).usingRecursiveComparison().isEqualTo(SNAPSHOT);
    }
  }

  @Test
  void refusesALaterVersionByItsNumber() {
    byte[] later = SnapshotCodec.encode(SNAPSHOT);
    later[7] = 9;

    assertThatThrownBy(() -> SnapshotCodec.decode(sealed(later)))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("version 9")
        .hasMessageContaining("reads 1");
  }

  @Test
  void refusesEveryDamagedFileInWords() {
    byte[] file = SnapshotCodec.encode(SNAPSHOT);
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      byte[] damaged = file.clone();
      damaged[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
      assertThatThrownBy(() -> SnapshotCodec.decode(damaged)).isInstanceOf(ArchiveException.class);
      byte[] cut = java.util.Arrays.copyOf(file, random.nextInt(file.length));
      assertThatThrownBy(() -> SnapshotCodec.decode(cut))
          .isInstanceOf(ArchiveException.class)
          .hasMessageContaining("damaged");
    }
  }

  @Test
  void noBytesBehindAValidChecksumBringItDown() {
    byte[] file = SnapshotCodec.encode(SNAPSHOT);
    Random random = new Random(2);
    int refused = 0;
    for (int i = 0; i < 2_000; i++) {
      byte[] forged = file.clone();
      forged[8 + random.nextInt(file.length - 12)] = (byte) random.nextInt(256);
      try {
        SnapshotCodec.decode(sealed(forged));
      } catch (ArchiveException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(1_000);
  }

  private static byte[] sealed(byte[] file) {
    CRC32 crc = new CRC32();
    crc.update(file, 0, file.length - 4);
    ByteBuffer.wrap(file).putInt(file.length - 4, (int) crc.getValue());
    return file;
  }
}

package io.andon.ingest.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.andon.broker.FreePorts;
import io.andon.config.ConfigException;
import io.andon.config.ConfigLoader;
import io.andon.ingest.camera.CameraStream;
import io.andon.ingest.camera.Integrity;
import io.andon.ingest.camera.Picture;
import io.andon.ingest.camera.StopReason;
import io.andon.ingest.camera.StreamEndedException;
import io.andon.ingest.gate.I420Picture;
import io.andon.ingest.settings.CameraConfig;
import io.andon.ingest.settings.IngestConfig;
import io.andon.ingest.testing.ChildJvm;
import io.andon.ingest.testing.RtspTestServer;
import io.andon.ingest.testing.TcpRelay;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RtspStreamIT {
  private static final long PATIENCE_MILLIS = 60_000;

  @TempDir Path folder;

  @Test
  void aResetOfARunningStreamIsNoCameraThatCanNotBeReached() throws Exception {
    int port = FreePorts.one();
    try (ChildJvm server = rtspServer(port);
        TcpRelay relay = new TcpRelay(port)) {
      assertThat(server.process().isAlive()).isTrue();
      CameraConfig camera = camera(relay.port());
      try (CameraStream stream =
          GStreamerCameras.load(List.of(camera), InstantSource.system()).open(camera)) {
        assertThat(stream.next(PATIENCE_MILLIS)).isNotNull();

        relay.reset();

        StreamEndedException end = end(stream);
        assertThat(end.reason()).isEqualTo(StopReason.END_OF_STREAM);
        assertThat(end.detail()).contains("Could not receive message");
      }
    }
  }

  @Test
  void aCameraWithoutPicturesIsAskedForThem() throws Exception {
    int port = FreePorts.one();
    try (ChildJvm server = rtspServer(port, RtspTestServer.SOUND)) {
      assertThat(server.process().isAlive()).isTrue();
      CameraConfig camera = camera(port);
      try (CameraStream stream =
          GStreamerCameras.load(List.of(camera), InstantSource.system()).open(camera)) {
        StreamEndedException end = end(stream);

        assertThat(end.reason()).isEqualTo(StopReason.STREAM_ERROR);
        assertThat(end.detail()).endsWith("Does the camera send video?");
      }
    }
  }

  @Test
  void ofSeveralStreamsTheFirstOfPicturesAloneIsSetUp() throws Exception {
    int port = FreePorts.one();
    Set<Integer> payloadTypes = ConcurrentHashMap.newKeySet();
    AtomicInteger packets = new AtomicInteger();
    Predicate<byte[]> othersComeFirst =
        packet -> {
          int type = packet[1] & 127;
          payloadTypes.add(type);
          return type == RtspTestServer.SECOND_PAYLOAD_TYPE || packets.incrementAndGet() > 60;
        };
    try (ChildJvm server = rtspServer(port, RtspTestServer.TWO);
        TcpRelay relay = TcpRelay.losing(port, othersComeFirst)) {
      assertThat(server.process().isAlive()).isTrue();
      CameraConfig camera = camera(relay.port());
      try (CameraStream stream =
          GStreamerCameras.load(List.of(camera), InstantSource.system()).open(camera)) {
        Picture picture = stream.next(PATIENCE_MILLIS);

        assertThat(picture).isNotNull();
        assertThat(picture.width()).isEqualTo(320);
        assertThat(payloadTypes).containsExactly(96);
      }
    }
  }

  @Test
  void aDecoderIsGivenTheFirstStreamThatItTakes() throws Exception {
    int port = FreePorts.one();
    try (ChildJvm server = rtspServer(port, RtspTestServer.JPEG_FIRST)) {
      assertThat(server.process().isAlive()).isTrue();
      CameraConfig camera = camera(port, "decoder: avdec_h264");
      try (CameraStream stream =
          GStreamerCameras.load(List.of(camera), InstantSource.system()).open(camera)) {
        Picture picture = stream.next(PATIENCE_MILLIS);

        assertThat(picture).isNotNull();
        assertThat(picture.width()).isEqualTo(320);
      }
    }
  }

  @Test
  void ofACameraWithAPartThePartAloneIsSentAndComparedByTheGate() throws Exception {
    int port = FreePorts.one();
    try (ChildJvm server = rtspServer(port, "smpte")) {
      assertThat(server.process().isAlive()).isTrue();
      // The first of the test picture's seven bars is light, whatever is beside and below it
      // darker.
      CameraConfig camera = camera(port, "crop: {x: 1, y: 5, width: 12, height: 60}");
      try (CameraStream stream =
          GStreamerCameras.load(List.of(camera), InstantSource.system()).open(camera)) {
        Picture picture = stream.next(PATIENCE_MILLIS);

        assertThat(picture).isNotNull();
        assertThat(picture.width()).isEqualTo(38);
        assertThat(picture.height()).isEqualTo(144);
        I420Picture pixels = picture.pixels();
        assertThat(pixels).isNotNull();
        assertThat(pixels.width()).isEqualTo(38);
        for (int i = 0; i < 38 * 144; i++) {
          assertThat(pixels.bytes()[i] & 255).as("brightness of pixel %d", i).isBetween(170, 240);
        }
      }
    }
  }

  @Test
  void aCameraThatBeginsAnotherStreamIsNotAskedWhetherItSendsVideo() throws Exception {
    int port = FreePorts.one();
    AtomicBoolean another = new AtomicBoolean();
    Predicate<byte[]> keeps =
        packet -> {
          packet[11] ^= (byte) (another.get() ? 1 : 0); // of the number of its source
          return true;
        };
    try (ChildJvm server = rtspServer(port);
        TcpRelay relay = TcpRelay.losing(port, keeps)) {
      assertThat(server.process().isAlive()).isTrue();
      CameraConfig camera = camera(relay.port());
      try (CameraStream stream =
          GStreamerCameras.load(List.of(camera), InstantSource.system()).open(camera)) {
        assertThat(stream.next(PATIENCE_MILLIS)).isNotNull();

        another.set(true);

        StreamEndedException end = end(stream);
        assertThat(end.reason()).isEqualTo(StopReason.STREAM_ERROR);
        assertThat(end.detail()).contains("not-linked").doesNotContain("video?");
      }
    }
  }

  @Test
  void aLostPacketMarksThePicturesUntilTheNextKeyFrame() throws Exception {
    int port = FreePorts.one();
    AtomicInteger pictures = new AtomicInteger();
    Predicate<byte[]> keeps =
        packet -> (ends(packet) ? pictures.getAndIncrement() : pictures.get()) != 40;
    try (ChildJvm server = rtspServer(port);
        TcpRelay relay = TcpRelay.losing(port, keeps)) {
      assertThat(server.process().isAlive()).isTrue();
      List<Integrity> seen = pictures(relay.port(), 100);

      List<Integrity> early = seen.subList(15, 35); // whatever the first key frame was
      assertThat(early).containsOnly(Integrity.WHOLE);
      List<Integrity> later = seen.subList(35, 100);
      assertThat(later).containsOnly(Integrity.DAMAGED, Integrity.WHOLE);
      assertThat(later.lastIndexOf(Integrity.DAMAGED) - later.indexOf(Integrity.DAMAGED))
          .as("at most the rest of one group of pictures and the next")
          .isLessThan(30);
      assertThat(later).endsWith(Integrity.WHOLE);
    }
  }

  @Test
  void picturesOfAStreamThatIsJoinedBehindAKeyFrameAreUnfoundedUntilTheNext() throws Exception {
    int port = FreePorts.one();
    AtomicBoolean key = new AtomicBoolean();
    AtomicBoolean joined = new AtomicBoolean();
    Predicate<byte[]> keeps =
        packet -> {
          if (joined.get()) {
            return true;
          }
          key.compareAndSet(false, isOfKeyFrame(packet));
          joined.set(key.get() && ends(packet));
          return false;
        };
    try (ChildJvm server = rtspServer(port);
        TcpRelay relay = TcpRelay.losing(port, keeps)) {
      assertThat(server.process().isAlive()).isTrue();
      List<Integrity> seen = pictures(relay.port(), 40);

      int whole = seen.indexOf(Integrity.WHOLE);
      assertThat(whole).isBetween(1, 15);
      assertThat(seen.subList(0, whole)).containsOnly(Integrity.UNFOUNDED);
      assertThat(seen.subList(whole, 40)).containsOnly(Integrity.WHOLE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ball", RtspTestServer.B_FRAMES, RtspTestServer.NO_RATE})
  void anOrdinaryStreamHasNoDamagedPictureInAnyConnection(String kind) throws Exception {
    int port = FreePorts.one();
    try (ChildJvm server = rtspServer(port, kind)) {
      assertThat(server.process().isAlive()).isTrue();
      for (int connection = 0; connection < 3; connection++) {
        List<Integrity> seen = pictures(port, 45);
        int whole = seen.indexOf(Integrity.WHOLE);
        assertThat(whole).as("pictures before a key frame").isBetween(0, 15);
        assertThat(seen.subList(0, whole)).doesNotContain(Integrity.DAMAGED);
        assertThat(seen.subList(whole, 45)).containsOnly(Integrity.WHOLE);
      }
    }
  }

  /** The next pictures of a new connection. */
  private static List<Integrity> pictures(int port, int count) throws Exception {
    CameraConfig camera = camera(port);
    List<Integrity> seen = new ArrayList<>();
    try (CameraStream stream =
        GStreamerCameras.load(List.of(camera), InstantSource.system()).open(camera)) {
      while (seen.size() < count) {
        Picture picture = stream.next(PATIENCE_MILLIS);
        assertThat(picture).as("picture %d", seen.size()).isNotNull();
        seen.add(picture.integrity());
      }
    }
    return seen;
  }

  /** Whether an RTP packet is the last of its picture. */
  private static boolean ends(byte[] packet) {
    return (packet[1] & 0x80) != 0;
  }

  /** By its H.264 unit, that of a fragment too; the header of these packets has 12 bytes. */
  private static boolean isOfKeyFrame(byte[] packet) {
    int unit = packet[12] & 31;
    return unit == 5 || (unit == 28 && (packet[13] & 31) == 5);
  }

  private static StreamEndedException end(CameraStream stream) {
    return catchThrowableOfType(
        StreamEndedException.class,
        () -> {
          long deadlineNanos = System.nanoTime() + Duration.ofMillis(PATIENCE_MILLIS).toNanos();
          while (System.nanoTime() < deadlineNanos) {
            stream.next(100); // pictures that were on their way
          }
        });
  }

  private ChildJvm rtspServer(int port) throws IOException {
    return rtspServer(port, "ball");
  }

  private ChildJvm rtspServer(int port, String kind) throws IOException {
    return RtspTestServer.start(folder.resolve("server.txt"), port, 320, 240, kind);
  }

  private static CameraConfig camera(int port) throws ConfigException {
    return camera(port, "fps: 60");
  }

  private static CameraConfig camera(int port, String more) throws ConfigException {
    String yaml =
        "kafka: {bootstrapServers: x:1}\ncameras: [{id: a, url: \"rtsp://127.0.0.1:"
            + port
            + "/live\", "
            + more
            + "}]\n";
    return ConfigLoader.load(yaml, "test", IngestConfig.SCHEMA, IngestConfig.class)
        .cameras()
        .get(0);
  }
}

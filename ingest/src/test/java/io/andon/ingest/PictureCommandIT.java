package io.andon.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.andon.broker.FreePorts;
import io.andon.ingest.settings.IngestConfig;
import io.andon.ingest.testing.ChildJvm;
import io.andon.ingest.testing.RtspTestServer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureCommandIT {
  private static final int YELLOW = 0xffff00;

  @TempDir private Path folder;

  private final StringWriter said = new StringWriter();
  private final StringWriter complained = new StringWriter();

  @Test
  void aPictureIsWholeWithAFrameAroundThePartThatIsSent() throws Exception {
    int port = FreePorts.one();
    try (ChildJvm server = server(port, "black")) {
      assertThat(server.process().isAlive()).isTrue();
      Path file = folder.resolve("new/seen.png");

      int status =
          picture(
              config(port, ", crop: {x: 25, y: 10, width: 50, height: 60}"),
              "--camera=press-1",
              "--out=" + file);

      assertThat(complained.toString()).isEmpty();
      assertThat(status).isZero();
      assertThat(said).hasToString("press-1: 400x300, in " + file + System.lineSeparator());
      BufferedImage seen = ImageIO.read(file.toFile());
      assertThat(seen.getWidth()).isEqualTo(400);
      assertThat(seen.getHeight()).isEqualTo(300);
      assertThat(yellow(seen, 100, 100)).as("left edge").isTrue();
      assertThat(yellow(seen, 300, 100)).as("right edge").isTrue();
      assertThat(yellow(seen, 200, 30)).as("upper edge").isTrue();
      assertThat(yellow(seen, 200, 210)).as("lower edge").isTrue();
      assertThat(yellow(seen, 200, 100)).as("inside").isFalse();
      assertThat(yellow(seen, 50, 100)).as("outside").isFalse();
    }
  }

  @Test
  void whatLiesOnAPlainGroundIsFramedAndTold() throws Exception {
    int port = FreePorts.one();
    String part = "video/x-raw,width=120,height=100";
    String ground = "videobox left=-140 right=-140 top=-100 bottom=-100"; // black
    try (ChildJvm server = server(port, "white ! " + part + " ! " + ground)) {
      assertThat(server.process().isAlive()).isTrue();
      Path file = folder.resolve("seen.png");

      int status = picture(config(port, ""), "--camera=press-1", "--out=" + file, "--seconds=8");

      assertThat(complained.toString()).isEmpty();
      assertThat(status).isZero();
      Matcher told =
          Pattern.compile(
                  "crop: \\{x: ([0-9.]+), y: ([0-9.]+), width: ([0-9.]+), height: ([0-9.]+)}")
              .matcher(said.toString());
      assertThat(told.find()).as(said.toString()).isTrue();
      assertThat(Double.parseDouble(told.group(1))).isBetween(27.0, 32.0);
      assertThat(Double.parseDouble(told.group(2))).isBetween(25.0, 31.0);
      assertThat(Double.parseDouble(told.group(3))).isBetween(36.0, 46.0);
      assertThat(Double.parseDouble(told.group(4))).isBetween(39.0, 49.0);
      Path again = config(port, ", " + told.group());
      assertThat(IngestConfig.load(again).cameras().get(0).crop()).isNotNull();
    }
  }

  @Test
  void aCameraThatCanNotBeReachedIsTold() throws Exception {
    Path file = folder.resolve("seen.png");

    int status = picture(config(FreePorts.one(), ""), "--camera=press-1", "--out=" + file);

    assertThat(status).isEqualTo(IngestCommand.FAILED);
    assertThat(complained.toString()).startsWith("camera press-1: unreachable: ");
    assertThat(file).doesNotExist();
  }

  @Test
  void whatIsAskedForWronglyIsToldWithWhatIsAllowed() throws Exception {
    Path config = config(1, "");

    assertThat(picture(config, "--camera=press-2")).isEqualTo(IngestCommand.WRONG_USAGE);
    assertThat(picture(config, "--camera=press-1", "--seconds=0"))
        .isEqualTo(IngestCommand.WRONG_USAGE);
    assertThat(picture(config, "--camera=press-1", "--out=" + folder))
        .isEqualTo(IngestCommand.WRONG_USAGE);

    assertThat(complained.toString())
        .contains("--camera is press-2, allowed: press-1")
        .contains("--seconds is 0, allowed: 1 to 600")
        .contains("--out is " + folder + ", which is no file");
    assertThat(folder).isDirectory();
  }

  @Test
  void aFolderThatCanNotBeIsToldBeforeTheCameraIsAsked() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    int status = picture(config(1, ""), "--camera=press-1", "--out=" + file.resolve("seen.png"));

    assertThat(status).isEqualTo(IngestCommand.FAILED);
    assertThat(complained.toString())
        .contains("seen.png can't be written: ")
        .doesNotContain("unreachable");
  }

  @Test
  void aScreenThatIsClaimedAndNotThereIsNoMatter() throws Exception {
    int port = FreePorts.one();
    try (ChildJvm server = server(port, "black")) {
      assertThat(server.process().isAlive()).isTrue();
      Path config = config(port, ", crop: {x: 25, y: 10, width: 50, height: 60}");
      Path file = folder.resolve("seen.png");
      try (ChildJvm command =
          ChildJvm.start(
              folder.resolve("command.txt"),
              Map.of("DISPLAY", ":99"),
              IngestCommand.class,
              "picture",
              "--config=" + config,
              "--camera=press-1",
              "--out=" + file)) {
        await().atMost(Duration.ofMinutes(2)).until(() -> !command.process().isAlive());
        assertThat(command.process().exitValue()).as(command.output()).isZero();
        assertThat(file).isRegularFile();
      }
    }
  }

  private ChildJvm server(int port, String pattern) throws IOException {
    return RtspTestServer.start(folder.resolve("server.txt"), port, 400, 300, pattern);
  }

  private int picture(Path config, String... more) {
    String[] arguments = new String[more.length + 2];
    arguments[0] = "picture";
    arguments[1] = "--config=" + config;
    System.arraycopy(more, 0, arguments, 2, more.length);
    return IngestCommand.commandLine()
        .setOut(new PrintWriter(said, true))
        .setErr(new PrintWriter(complained, true))
        .execute(arguments);
  }

  private Path config(int port, String more) throws IOException {
    String yaml =
        "kafka: {bootstrapServers: x:1}\ncameras: [{id: press-1, url: \"rtsp://127.0.0.1:"
            + port
            + "/live\""
            + more
            + "}]\n";
    return Files.writeString(folder.resolve("ingest.yaml"), yaml);
  }

  private static boolean yellow(BufferedImage picture, int x, int y) {
    return (picture.getRGB(x, y) & 0xffffff) == YELLOW;
  }
}

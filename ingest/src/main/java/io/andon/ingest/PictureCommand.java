package io.andon.ingest;

import io.andon.config.ConfigException;
import io.andon.config.ConfigException.Problem;
import io.andon.ingest.camera.CameraStream;
import io.andon.ingest.camera.Integrity;
import io.andon.ingest.camera.Picture;
import io.andon.ingest.camera.StopReason;
import io.andon.ingest.camera.StreamEndedException;
import io.andon.ingest.crop.PartOnGround;
import io.andon.ingest.gstreamer.GStreamerCameras;
import io.andon.ingest.settings.CameraConfig;
import io.andon.ingest.settings.CropConfig;
import io.andon.ingest.settings.IngestConfig;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what a camera sees, and which part of it is sent. */
@Command(
    name = "picture",
    mixinStandardHelpOptions = true,
    description = {
      "Takes a whole picture of a camera and writes it to a file.",
      "A frame is drawn around the camera's crop. Where it has none, a part that lies on a plain"
          + " ground is looked for, and framed and told if there is one."
    })
final class PictureCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration STEP = Duration.ofMillis(250);
  private static final int PULL_MILLIS = 200;
  private static final int MOST_SECONDS = 600;

  @Option(names = "--config", required = true, description = "The configuration file (YAML).")
  private Path config = Path.of("");

  @Option(names = "--camera", required = true, description = "The camera's id.")
  private String id = "";

  @Option(names = "--out", description = "The file, a PNG. Default: the camera's id with .png")
  private @Nullable Path out;

  @Option(
      names = "--seconds",
      defaultValue = "5",
      description = "How long the part is looked for, 1 to 600. Default: ${DEFAULT-VALUE}")
  private int seconds;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    try {
      if (seconds < 1 || seconds > MOST_SECONDS) {
        throw wrong("--seconds", Integer.toString(seconds), "must be from 1 to " + MOST_SECONDS);
      }
      CameraConfig camera = camera(IngestConfig.load(config));
      PartOnGround ground = new PartOnGround();
      BufferedImage picture = take(camera, ground);
      CropConfig found = camera.crop() == null ? ground.part().orElse(null) : null;
      CropConfig framed = camera.crop() == null ? found : camera.crop();
      if (framed != null) {
        draw(framed, picture);
      }
      Path file = out == null ? Path.of(id + ".png") : out;
      write(picture, file);
      PrintWriter told = spec.commandLine().getOut();
      told.printf("%s: %dx%d, in %s%n", id, picture.getWidth(), picture.getHeight(), file);
      if (found != null) {
        told.printf(
            Locale.ROOT,
            "all that was seen in %d s lies on a plain ground in"
                + " crop: {x: %.1f, y: %.1f, width: %.1f, height: %.1f}%n",
            seconds,
            found.x(),
            found.y(),
            found.width(),
            found.height());
      }
      return 0;
    } catch (ConfigException e) {
      err.println(e.getMessage());
      return IngestCommand.UNUSABLE;
    } catch (StreamEndedException e) {
      err.printf("camera %s: %s: %s%n", id, e.reason().wireName(), e.detail());
      return IngestCommand.FAILED;
    } catch (IOException e) {
      err.printf("the picture can't be written: %s%n", e);
      return IngestCommand.FAILED;
    }
  }

  private CameraConfig camera(IngestConfig loaded) throws ConfigException {
    CheckCommand.requireSecrets(loaded);
    for (CameraConfig camera : loaded.cameras()) {
      if (camera.id().equals(id)) {
        return camera;
      }
    }
    String ids = loaded.cameras().stream().map(CameraConfig::id).collect(Collectors.joining(", "));
    throw wrong("--camera", id, "must be one of " + ids);
  }

  private static ConfigException wrong(String option, String value, String allowed) {
    return new ConfigException("command line", List.of(new Problem(option, value, allowed)));
  }

  private BufferedImage take(CameraConfig camera, PartOnGround ground)
      throws ConfigException, StreamEndedException, IOException {
    CameraConfig whole = camera.whole();
    GStreamerCameras cameras = GStreamerCameras.load(List.of(whole), InstantSource.system());
    try (CameraStream stream = cameras.open(whole)) {
      BufferedImage first = first(stream);
      if (camera.crop() == null) {
        look(stream, ground);
      }
      return first;
    }
  }

  /** The first picture that shows all: earlier ones lack what a key frame before them had. */
  private static BufferedImage first(CameraStream stream) throws StreamEndedException, IOException {
    long endNanos = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < endNanos) {
      Picture picture = stream.next(PULL_MILLIS);
      if (picture != null && picture.integrity() == Integrity.WHOLE) {
        return decoded(picture);
      }
    }
    String why = "no whole picture within " + PATIENCE.toSeconds() + " s";
    throw new StreamEndedException(StopReason.STALL, why);
  }

  private void look(CameraStream stream, PartOnGround ground)
      throws StreamEndedException, IOException {
    long dueNanos = System.nanoTime();
    long endNanos = dueNanos + Duration.ofSeconds(seconds).toNanos();
    while (System.nanoTime() < endNanos) {
      Picture picture = stream.next(PULL_MILLIS);
      if (picture != null
          && picture.integrity() == Integrity.WHOLE
          && System.nanoTime() >= dueNanos) {
        ground.add(decoded(picture));
        dueNanos += STEP.toNanos();
      }
    }
  }

  private static BufferedImage decoded(Picture picture) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(picture.jpeg()));
  }

  private static void draw(CropConfig crop, BufferedImage picture) {
    double width = picture.getWidth() / 100.0;
    double height = picture.getHeight() / 100.0;
    Rectangle2D part =
        new Rectangle2D.Double(
            crop.x() * width, crop.y() * height, crop.width() * width, crop.height() * height);
    Graphics2D graphics = picture.createGraphics();
    // Dark under light shows on any picture.
    graphics.setColor(Color.BLACK);
    graphics.setStroke(new BasicStroke(5));
    graphics.draw(part);
    graphics.setColor(Color.YELLOW);
    graphics.setStroke(new BasicStroke(3));
    graphics.draw(part);
    graphics.dispose();
  }

  private static void write(BufferedImage picture, Path file) throws IOException {
    Path whole = file.toAbsolutePath();
    Path folder = whole.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    if (!ImageIO.write(picture, "png", whole.toFile())) {
      throw new IOException("no PNG can be made of it");
    }
  }
}

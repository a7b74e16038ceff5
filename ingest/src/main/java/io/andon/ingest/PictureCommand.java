package io.andon.ingest;

import io.andon.config.ConfigException;
import io.andon.config.ConfigException.Problem;
import io.andon.ingest.camera.CameraStream;
import io.andon.ingest.camera.Integrity;
import io.andon.ingest.camera.Picture;
import io.andon.ingest.camera.StopReason;
import io.andon.ingest.camera.StreamEndedException;
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
      "Takes one whole picture of a camera and writes it to a file.",
      "Where the camera has a crop, a frame is drawn around that part."
    })
final class PictureCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int PULL_MILLIS = 200;

  @Option(names = "--config", required = true, description = "The configuration file (YAML).")
  private Path config = Path.of("");

  @Option(names = "--camera", required = true, description = "The camera's id.")
  private String id = "";

  @Option(names = "--out", description = "The file, a PNG. Default: the camera's id with .png")
  private @Nullable Path out;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    try {
      CameraConfig camera = camera(IngestConfig.load(config));
      BufferedImage picture = take(camera.whole());
      int width = picture.getWidth();
      int height = picture.getHeight();
      if (camera.crop() != null) {
        draw(camera.crop(), picture);
      }
      Path file = out == null ? Path.of(id + ".png") : out;
      write(picture, file);
      spec.commandLine().getOut().printf("%s: %dx%d, in %s%n", id, width, height, file);
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
    throw new ConfigException(
        "command line", List.of(new Problem("--camera", id, "must be one of " + ids)));
  }

  /** The first picture that shows all: earlier ones lack what a key frame before them had. */
  private static BufferedImage take(CameraConfig camera)
      throws ConfigException, StreamEndedException, IOException {
    GStreamerCameras cameras = GStreamerCameras.load(List.of(camera), InstantSource.system());
    try (CameraStream stream = cameras.open(camera)) {
      long startNanos = System.nanoTime();
      while (System.nanoTime() - startNanos < PATIENCE.toNanos()) {
        Picture picture = stream.next(PULL_MILLIS);
        if (picture != null && picture.integrity() == Integrity.WHOLE) {
          return ImageIO.read(new ByteArrayInputStream(picture.jpeg()));
        }
      }
      throw new StreamEndedException(
          StopReason.STALL, "no whole picture within " + PATIENCE.toSeconds() + " s");
    }
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

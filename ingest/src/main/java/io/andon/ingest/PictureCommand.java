package io.andon.ingest;

import io.andon.config.ConfigException;
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
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
    // A machine without a screen may claim to have one.
    System.setProperty("java.awt.headless", "true");
    if (seconds < 1 || seconds > MOST_SECONDS) {
      throw wrong("--seconds is " + seconds + ", allowed: 1 to " + MOST_SECONDS);
    }
    Path file = (out == null ? Path.of(id + ".png") : out).toAbsolutePath();
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw wrong("--out is " + file + ", which is no file");
    }
    PrintWriter err = spec.commandLine().getErr();
    try {
      IngestConfig loaded = IngestConfig.load(config);
      int place = place(loaded.cameras());
      CheckCommand.requireSecrets(place, loaded.cameras().get(place));
      GStreamerCameras cameras = GStreamerCameras.load(loaded.cameras(), InstantSource.system());
      return show(cameras, loaded.cameras().get(place), file);
    } catch (ConfigException e) {
      err.println(e.getMessage());
      return IngestCommand.UNUSABLE;
    } catch (StreamEndedException e) {
      err.printf("camera %s: %s: %s%n", id, e.reason().wireName(), e.detail());
      return IngestCommand.FAILED;
    } catch (IOException e) {
      err.printf("%s can't be written: %s%n", file, e);
      return IngestCommand.FAILED;
    }
  }

  private int place(List<CameraConfig> cameras) {
    for (int i = 0; i < cameras.size(); i++) {
      if (cameras.get(i).id().equals(id)) {
        return i;
      }
    }
    String ids = cameras.stream().map(CameraConfig::id).collect(Collectors.joining(", "));
    throw wrong("--camera is " + id + ", allowed: " + ids);
  }

  private ParameterException wrong(String what) {
    return new ParameterException(spec.commandLine(), what);
  }

  private int show(GStreamerCameras cameras, CameraConfig camera, Path file)
      throws StreamEndedException, IOException {
    Path folder = Objects.requireNonNull(file.getParent(), "a file has a folder");
    Files.createDirectories(folder);
    // Made before the camera is asked, and moved when it is whole.
    String unfinished = "." + file.getFileName() + "." + ProcessHandle.current().pid();
    Path part = Files.createFile(folder.resolve(unfinished));
    try {
      PartOnGround ground = new PartOnGround(0);
      BufferedImage picture = take(cameras, camera, ground);
      CropConfig found = camera.crop() == null ? ground.part().orElse(null) : null;
      CropConfig framed = found == null ? camera.crop() : found;
      if (framed != null) {
        draw(framed, picture);
      }
      try (OutputStream to = Files.newOutputStream(part)) {
        ImageIO.write(picture, "png", to);
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      tell(picture, file, found);
      return 0;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private void tell(BufferedImage picture, Path file, @Nullable CropConfig found) {
    PrintWriter told = spec.commandLine().getOut();
    told.printf("%s: %dx%d, in %s%n", id, picture.getWidth(), picture.getHeight(), file);
    if (found != null) {
      told.printf(
          "all that was seen in %d s lies on a plain ground in"
              + " crop: {x: %s, y: %s, width: %s, height: %s}%n",
          seconds, found.x(), found.y(), found.width(), found.height());
    }
  }

  private BufferedImage take(GStreamerCameras cameras, CameraConfig camera, PartOnGround ground)
      throws StreamEndedException {
    try (CameraStream stream = cameras.open(camera.whole())) {
      BufferedImage first = first(stream);
      if (camera.crop() == null) {
        look(stream, ground);
      }
      return first;
    }
  }

  /** The first picture that shows all: earlier ones lack what a key frame before them had. */
  private static BufferedImage first(CameraStream stream) throws StreamEndedException {
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

  private void look(CameraStream stream, PartOnGround ground) throws StreamEndedException {
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

  private static BufferedImage decoded(Picture picture) throws StreamEndedException {
    try {
      return ImageIO.read(new ByteArrayInputStream(picture.jpeg()));
    } catch (IOException e) {
      throw new StreamEndedException(StopReason.PIPELINE, "its picture can't be read: " + e);
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
}

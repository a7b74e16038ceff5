package io.andon.bench.evaluate;

import io.andon.bench.evaluate.data.DataProblem;
import io.andon.bench.evaluate.data.StillSet;
import io.andon.bench.evaluate.data.StillSet.Still;
import io.andon.bench.evaluate.data.VideoSet;
import io.andon.bench.evaluate.data.VideoSet.Clip;
import io.andon.bench.footage.FramePath;
import io.andon.bench.footage.Reel;
import io.andon.bench.footage.UnusablePictureException;
import io.andon.config.ConfigException;
import io.andon.contracts.ClockSource;
import io.andon.contracts.FrameMetadata;
import io.andon.detection.Observation;
import io.andon.embedding.Embedder;
import io.andon.embedding.EmbeddingSpace;
import io.andon.embedding.InputShape;
import io.andon.embedding.ShapeChoice;
import io.andon.embedding.picture.JpegPictureDecoder;
import io.andon.embedding.picture.PictureDecoder;
import io.andon.embedding.tensorflow.TensorFlowEmbedder;
import io.andon.embedding.tensorflow.TensorFlowSettings;
import io.andon.ingest.camera.StreamEndedException;
import io.andon.ingest.gstreamer.VideoFile;
import io.andon.ingest.settings.CameraConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings the pictures of a set through decoder and model, once: a later run reads the reel. The
 * model is loaded when it is first needed.
 */
final class Embedding implements AutoCloseable {
  private final Path cache;
  private final double fps;
  private final Progress progress;
  private final PictureDecoder decoder = new JpegPictureDecoder();
  private final TensorFlowSettings settings;
  private final CameraConfig camera;
  private @Nullable Embedder embedder;

  /**
   * @param cache folder of the reels
   * @param settings how the model is run
   * @param fps frames a second of every video, or 0 for what its container says
   */
  Embedding(Path cache, TensorFlowSettings settings, double fps, Progress progress)
      throws ConfigException {
    this.cache = cache;
    this.settings = settings;
    this.fps = fps;
    this.progress = progress;
    // Every picture is embedded, so that one reel serves with and without a gate.
    camera = GatedCamera.of("off");
  }

  /** The model's shape for the pictures of one size. */
  InputShape shapeFor(int width, int height) {
    return ShapeChoice.closest(width, height, settings.model().descriptor().input().shapes());
  }

  /**
   * The frames of a set of videos; an entry's name is its clip's id, its seq the frame.
   *
   * @param frames what becomes of them first
   */
  Reel reel(VideoSet set, DisturbedFrames frames) throws IOException, DataProblem, ConfigException {
    ReelKey key =
        new ReelKey().with(space()).with(fps).with(camera.shortSide()).with(camera.jpegQuality());
    List<Clip> clips = new ArrayList<>(set.train());
    clips.addAll(set.test());
    for (Clip clip : clips) {
      key.with(clip.id(), clip.video());
    }
    frames.addTo(key);
    Path path = path(set.name(), key);
    if (!Files.isRegularFile(path)) {
      VideoFile.load();
      try (Reel.Recorder recorder = new Reel.Recorder(path)) {
        for (Clip clip : clips) {
          progress.step(frames.disturbance().titled(set.name()), "embedding " + clip.id());
          record(clip, frames, recorder);
        }
        recorder.complete();
      }
    }
    return Reel.open(path);
  }

  private void record(Clip clip, DisturbedFrames frames, Reel.Recorder recorder)
      throws IOException, DataProblem {
    FramePath path =
        new FramePath(decoder, embedder(), (frame, o) -> write(recorder, frame.camera(), o));
    try (VideoFile video = VideoFile.open(clip.video(), camera)) {
      VideoFile.Frame next = video.next();
      for (long seq = 0; next != null; seq++) {
        VideoFile.Frame frame = frames.of(clip, next);
        double rate = fps > 0 ? fps : frame.fps();
        if (rate <= 0) {
          throw new DataProblem(clip.video() + " names no frame rate; give one by --fps");
        }
        long micros = Math.round(seq * 1e6 / rate);
        path.add(
            new FrameMetadata(
                clip.id(),
                micros,
                ClockSource.SENDER,
                1,
                seq,
                frame.width(),
                frame.height(),
                Set.of()),
            frame.jpeg());
        next = video.next();
      }
      path.flush();
    } catch (StreamEndedException e) {
      throw new DataProblem(clip.video() + " can't be decoded: " + e.detail());
    } catch (UnusablePictureException e) {
      throw new DataProblem(clip.video() + " has an unusable picture: " + e.getMessage());
    }
  }

  /** The pictures of a set in one view; an entry's name is the picture's id. */
  Reel reel(StillSet set, StillView view) throws IOException, ConfigException {
    List<Still> stills = new ArrayList<>(set.train());
    stills.addAll(set.test());
    return reel(
        set.name(),
        key(stills, view),
        stills,
        (still, path) -> path.add(still.id(), StillPicture.read(still.picture(), view)),
        view.shape());
  }

  /** Some pictures in every position but their own, see {@link TurnedShots#name}. */
  Reel turned(String set, List<Still> stills, StillView view) throws IOException, ConfigException {
    return reel(
        set,
        key(stills, view).with("turned"),
        stills,
        (still, path) -> {
          for (Turn turn : Turn.all(view.shape())) {
            path.add(
                TurnedShots.name(still.id(), turn),
                StillPicture.turned(still.picture(), view, turn));
          }
        },
        view.shape());
  }

  private ReelKey key(List<Still> stills, StillView view) throws IOException {
    ReelKey key = new ReelKey().with(space()).with(view.shape()).with("filtered");
    if (!view.isWhole()) {
      key.with(view.part());
    }
    for (Still still : stills) {
      key.with(still.id(), still.picture());
    }
    return key;
  }

  private Reel reel(
      String set, ReelKey key, List<Still> stills, PictureReader reader, InputShape shape)
      throws IOException {
    Path path = path(set, key);
    Path leftOut = path.resolveSibling(path.getFileName() + ".left-out");
    if (!Files.isRegularFile(path)) {
      List<String> omissions = new ArrayList<>();
      try (Reel.Recorder recorder = new Reel.Recorder(path)) {
        StillPath stillPath = new StillPath(decoder, embedder(), shape, recorder);
        for (int i = 0; i < stills.size(); i++) {
          if (i % 100 == 0) {
            progress.step(set, "embedding picture " + i + " of " + stills.size());
          }
          try {
            reader.read(stills.get(i), stillPath);
          } catch (IOException | UnusablePictureException e) {
            omissions.add(stills.get(i).id() + " is left out: " + e.getMessage());
          }
        }
        stillPath.flush();
        Files.write(leftOut, omissions);
        recorder.complete();
      }
    }
    if (Files.exists(leftOut)) {
      // A later run reads the reel only, and its figures lack these pictures too.
      Files.readAllLines(leftOut).forEach(omission -> progress.note(set + ": " + omission));
    }
    return Reel.open(path);
  }

  /** Puts what is to be embedded of a picture onto the path. */
  private interface PictureReader {
    void read(Still still, StillPath path) throws IOException, UnusablePictureException;
  }

  /** Decoder and model for single pictures of one shape. */
  private static final class StillPath {
    private final FramePath path;
    private final InputShape shape;
    private int pictures;

    StillPath(PictureDecoder decoder, Embedder embedder, InputShape shape, Reel.Recorder recorder) {
      path = new FramePath(decoder, embedder, (frame, o) -> write(recorder, frame.camera(), o));
      this.shape = shape;
    }

    void add(String name, StillPicture picture) throws UnusablePictureException {
      path.add(
          new FrameMetadata(
              name,
              0,
              ClockSource.SENDER,
              1,
              pictures++,
              picture.width(),
              picture.height(),
              Set.of()),
          picture.jpeg(),
          shape);
    }

    void flush() {
      path.flush();
    }
  }

  private static void write(Reel.Recorder recorder, String name, Observation observation) {
    try {
      recorder.write(name, observation);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String space() {
    return new EmbeddingSpace(
            settings.model().descriptor().idAndVersion(),
            settings.precision().wireName(),
            settings.decoder())
        .id();
  }

  private Path path(String set, ReelKey key) {
    return cache.resolve(set.replaceAll("[^A-Za-z0-9._-]", "_") + "-" + key.hex() + ".reel");
  }

  private Embedder embedder() {
    if (embedder == null) {
      progress.step("model", "loading " + settings.model().descriptor().idAndVersion());
      embedder = TensorFlowEmbedder.open(settings);
    }
    return embedder;
  }

  @Override
  public void close() {
    if (embedder != null) {
      embedder.close();
    }
  }
}

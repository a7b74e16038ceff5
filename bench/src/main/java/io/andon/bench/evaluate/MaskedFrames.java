package io.andon.bench.evaluate;

import io.andon.bench.evaluate.VideoStream.Shot;
import io.andon.bench.evaluate.data.Mask;
import io.andon.bench.evaluate.data.MaskArchive;
import io.andon.bench.evaluate.data.VideoSet;
import io.andon.bench.evaluate.data.VideoSet.Clip;
import io.andon.detection.CellHeat;
import io.andon.detection.Observation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Gives the test frames of masked clips to the pixel figures. */
final class MaskedFrames implements VideoRun.HeatViewer, AutoCloseable {
  private final Embedding embedding;
  private final PixelComparison pixels;
  private final NeighbourMaps neighbours;
  private final MasksLeftOut leftOut;
  private final Map<Clip, Optional<MaskArchive>> archives = new HashMap<>();

  /**
   * @param embedding tells the model's shape for a frame
   * @param pixels takes the frames
   */
  MaskedFrames(
      VideoSet set,
      VideoStream stream,
      Embedding embedding,
      EvaluateOptions options,
      PixelComparison pixels)
      throws IOException {
    this.embedding = embedding;
    this.pixels = pixels;
    leftOut = new MasksLeftOut(set.name(), options.progress());
    boolean masked = set.test().stream().anyMatch(clip -> clip.masks() != null);
    neighbours =
        masked
            ? NeighbourMaps.of(set.name(), stream.reel(), n -> n.startsWith("train/"), options)
            : NeighbourMaps.NONE;
  }

  @Override
  public void see(Shot shot, Observation observation, Supplier<Optional<CellHeat>> heat)
      throws IOException {
    Optional<MaskArchive> archive = archive(shot.clip());
    if (archive.isEmpty()) {
      return;
    }
    Mask mask = null;
    if (shot.isAnomalous()) {
      Optional<Mask> found = mask(archive.get(), shot);
      if (found.isEmpty()) {
        return;
      }
      mask = found.get();
    }
    pixels.add(
        observation,
        StillView.whole(
            embedding.shapeFor(observation.pictureWidth(), observation.pictureHeight())),
        heat.get(),
        neighbours.of(shot.entry()),
        mask);
  }

  private Optional<Mask> mask(MaskArchive archive, Shot shot) {
    String name = shot.clip().masks() + " frame " + shot.frame();
    if (!archive.has(shot.frame())) {
      leftOut.lacking(name);
      return Optional.empty();
    }
    return leftOut.read(name, () -> archive.mask(shot.frame())).flatMap(mask -> mask);
  }

  private Optional<MaskArchive> archive(Clip clip) {
    Path file = clip.masks();
    return file == null
        ? Optional.empty()
        : archives.computeIfAbsent(
            clip, c -> leftOut.read(file.toString(), () -> new MaskArchive(file)));
  }

  @Override
  public void close() throws IOException {
    leftOut.tell();
    for (Optional<MaskArchive> archive : archives.values()) {
      if (archive.isPresent()) {
        archive.get().close();
      }
    }
  }
}

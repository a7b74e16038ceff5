package io.andon.bench.evaluate;

import io.andon.bench.evaluate.data.VideoSet;
import io.andon.bench.evaluate.data.VideoSet.Clip;
import io.andon.bench.footage.Reel;
import io.andon.detection.FrameStamp;
import io.andon.detection.Observation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The frames of a set of videos as one camera's live stream: train clips, then test clips, each a
 * new play after a pause, at the rate that it was recorded with.
 */
final class VideoStream {
  /** Pause of capture time between clips: longer than any incident waits for its camera. */
  private static final long PAUSE_MICROS = 60_000_000;

  private static final long START_MICROS = 1_700_000_000_000_000L;

  /**
   * One frame of the stream.
   *
   * @param entry its place in the reel
   * @param clip the clip that it stands for, of which the truth is told
   * @param frame number in its clip, from 0
   * @param fps nominal frames a second of the clip that it is from
   * @param startsPlay whether what came before it is another scene
   */
  record Shot(int entry, Clip clip, int frame, double fps, boolean startsPlay) {
    boolean isAnomalous() {
      return clip.isTest() && clip.labels()[frame];
    }
  }

  /**
   * Where a clip lies in the reel.
   *
   * @param first entry of its first frame
   * @param frames number of frames
   * @param fps nominal frames a second
   */
  private record Place(int first, int frames, double fps) {}

  private static final Place NOWHERE = new Place(0, 0, 1);

  private final Reel reel;
  private final Map<String, Place> places;

  private VideoStream(Reel reel, Map<String, Place> places) {
    this.reel = reel;
    this.places = places;
  }

  static VideoStream of(Reel reel) throws IOException {
    Map<String, Place> places = new LinkedHashMap<>();
    int from = 0;
    while (from < reel.size()) {
      int to = from + 1;
      while (to < reel.size() && reel.name(to).equals(reel.name(from))) {
        to++;
      }
      // A clip of a single frame has no rate, and nothing in it takes time.
      double fps = to - from == 1 ? 1 : 1e6 / reel.observation(from + 1).stamp().capturedMicros();
      places.put(reel.name(from), new Place(from, to - from, fps));
      from = to;
    }
    return new VideoStream(reel, places);
  }

  /** Nominal frames a second of a clip. */
  double fps(Clip clip) {
    return place(clip).fps();
  }

  /** Nominal frames a second of each clip that has any, by its id, in their order. */
  Map<String, Double> fps(List<Clip> clips) {
    Map<String, Double> rates = new LinkedHashMap<>();
    clips.stream()
        .filter(clip -> frames(clip) > 1)
        .forEach(clip -> rates.put(clip.id(), fps(clip)));
    return rates;
  }

  /** The sizes of the first frames of clips, by the grids that the model makes of them. */
  Map<String, String> sizesByGrid(List<Clip> clips) throws IOException {
    Map<String, String> sizes = new LinkedHashMap<>();
    for (Clip clip : clips) {
      if (frames(clip) > 0) {
        Observation first = reel.observation(place(clip).first());
        sizes.putIfAbsent(
            first.rows() + " x " + first.columns() + " cells",
            first.pictureWidth() + " x " + first.pictureHeight() + " pixels");
      }
    }
    return sizes;
  }

  Reel reel() {
    return reel;
  }

  /** The clips whose labels are as many as their frames; the others are told and left out. */
  List<Clip> usable(VideoSet set, Consumer<String> notes) {
    List<Clip> usable = new ArrayList<>();
    for (Clip clip : set.test()) {
      int frames = frames(clip);
      if (clip.labels().length == frames) {
        usable.add(clip);
      } else {
        notes.accept(
            String.format(
                "%s: %s has %d frames and %d labels, left out",
                set.name(), clip.id(), frames, clip.labels().length));
      }
    }
    return usable;
  }

  int frames(Clip clip) {
    return place(clip).frames();
  }

  private Place place(Clip clip) {
    return places.getOrDefault(clip.id(), NOWHERE);
  }

  /** The frames of clips in order. */
  List<Shot> shots(List<Clip> clips) {
    List<Shot> shots = new ArrayList<>();
    for (Clip clip : clips) {
      for (int frame = 0; frame < frames(clip); frame++) {
        shots.add(shot(clip, frame, frame == 0));
      }
    }
    return shots;
  }

  Shot shot(Clip clip, int frame, boolean startsPlay) {
    Place place = place(clip);
    return new Shot(place.first() + frame, clip, frame, place.fps(), startsPlay);
  }

  /** Takes the frames of a stream as they come. */
  interface Viewer {
    /**
     * The next frame.
     *
     * @param pauseUntilMicros capture time of a frame that starts a play; 0 for another
     */
    void see(Shot shot, Observation observation, long pauseUntilMicros) throws IOException;
  }

  /** Plays shots with the capture times, plays and numbers of a live stream. */
  void play(List<Shot> shots, Viewer viewer) throws IOException {
    long micros = START_MICROS;
    long play = 0;
    long seq = 0;
    for (int i = 0; i < shots.size(); i++) {
      Shot shot = shots.get(i);
      boolean starts = i == 0 || shot.startsPlay();
      if (starts) {
        play++;
        seq = 0;
        micros += i == 0 ? 0 : PAUSE_MICROS;
      } else {
        micros += Math.round(1e6 / shot.fps());
      }
      FrameStamp stamp = new FrameStamp(micros, play, seq++, 0, i);
      viewer.see(
          shot, Restamped.of(reel.observation(shot.entry()), stamp), starts && i > 0 ? micros : 0);
    }
  }
}

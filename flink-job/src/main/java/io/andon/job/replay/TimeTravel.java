package io.andon.job.replay;

import io.andon.contracts.FrameRef;
import io.andon.contracts.IncidentEvent;
import io.andon.detection.SnapshotException;
import io.andon.embedding.EmbedderFactory;
import io.andon.embedding.EmbedderLease;
import io.andon.embedding.flink.FrameRecord;
import io.andon.embedding.picture.PictureDecoder;
import io.andon.job.archive.ArchiveDirectory;
import io.andon.job.archive.ArchiveException;
import io.andon.job.archive.ArchivedSnapshot;
import io.andon.job.archive.SnapshotName;
import io.andon.job.detect.DetectorOptions;
import io.andon.job.detect.LiveCamera;
import io.andon.job.events.EventEncoder;
import io.andon.job.frames.FrameParser;
import io.andon.job.kafka.KafkaSettings;
import io.andon.job.kafka.TopicLog;
import io.andon.job.kafka.TopicLogException;
import io.andon.job.replay.CameraHistory.FrameKey;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reproduces an event: restores its camera's detector from the newest snapshot that is older than
 * the incident, reads the frames since then, and hears whether the same is said again.
 */
final class TimeTravel {
  private final KafkaSettings kafka;
  private final TopicLog log;
  private final ArchiveDirectory archive;
  private final FrameParser parser;
  private final PictureDecoder decoder;
  private final EmbedderFactory embedders;

  TimeTravel(
      KafkaSettings kafka,
      TopicLog log,
      ArchiveDirectory archive,
      FrameParser parser,
      PictureDecoder decoder,
      EmbedderFactory embedders) {
    this.kafka = kafka;
    this.log = log;
    this.archive = archive;
    this.parser = parser;
    this.decoder = decoder;
    this.embedders = embedders;
  }

  /**
   * Replays an event.
   *
   * @throws ExpiredException if a snapshot or frames that it needs are gone
   * @throws RefusedException if it can't be tried here
   * @throws TopicLogException if the topics can't be read
   */
  Reproduction replay(TargetEvent target)
      throws ExpiredException, RefusedException, TopicLogException {
    IncidentEvent event = target.event();
    ArchivedSnapshot snapshot = newestBefore(event);
    FrameRef current = event.current().frame();
    requireSameLog(event, snapshot);
    FrameRange range = new FrameRange(log, parser, snapshot.framesTopic(), snapshot.last(), event);
    range.requireThere();
    CameraHistory history =
        CameraHistory.read(log, kafka, event.camera(), snapshot.name(), current);
    DetectorOptions options = options(snapshot);
    LiveCamera camera = restored(snapshot, options);
    CameraReplay replay =
        new CameraReplay(
            camera,
            new FrameKey(snapshot.name().play(), snapshot.name().seq()),
            history,
            new EventEncoder(snapshot.framesTopic()),
            event);
    byte[] peakPicture = run(range, replay, event);
    String missing = replay.missingCommand();
    if (missing != null) {
      throw new ExpiredException(
          "command " + missing + " acted on the way and is gone from " + kafka.controlTopic());
    }
    return new Reproduction(
        target,
        replay.reproduced(),
        snapshot,
        archive.location(event.camera(), snapshot.name()),
        !options.settings().toString().equals(snapshot.settings()),
        replay.frames(),
        replay.commands(),
        replay.atPeak(),
        replay.lastVerdict(),
        peakPicture);
  }

  private ArchivedSnapshot newestBefore(IncidentEvent event)
      throws ExpiredException, RefusedException {
    FrameRef first = event.first().frame();
    try {
      if (!archive.exists()) {
        throw new RefusedException("there is no archive at " + archive);
      }
      List<SnapshotName> names = archive.names(event.camera());
      SnapshotName newest = null;
      for (SnapshotName name : names) {
        newest = name.isBefore(first.play(), first.seq()) ? name : newest;
      }
      if (newest == null) {
        throw new ExpiredException(
            "no snapshot of %s in %s is older than the incident's first frame (play %d, seq %d); %s"
                .formatted(
                    event.camera(),
                    archive,
                    first.play(),
                    first.seq(),
                    names.isEmpty()
                        ? "there is none"
                        : "the oldest is " + names.get(0).fileName()));
      }
      return archive.read(event.camera(), newest);
    } catch (ArchiveException e) {
      throw new RefusedException(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new RefusedException("the archive " + archive + " can't be read: " + e);
    }
  }

  private static void requireSameLog(IncidentEvent event, ArchivedSnapshot snapshot)
      throws RefusedException, ExpiredException {
    if (!snapshot.space().equals(event.space())) {
      throw new ExpiredException(
          "the event is of space %s, the newest snapshot before it of %s"
              .formatted(event.space(), snapshot.space()));
    }
    FrameRef current = event.current().frame();
    if (!snapshot.framesTopic().equals(current.topic())
        || snapshot.last().partition() != current.partition()) {
      throw new RefusedException(
          "the event's frames are on %s/%d, those of the newest snapshot before it on %s/%d"
              .formatted(
                  current.topic(),
                  current.partition(),
                  snapshot.framesTopic(),
                  snapshot.last().partition()));
    }
  }

  private static DetectorOptions options(ArchivedSnapshot snapshot) throws RefusedException {
    try {
      return DetectorOptions.ofNamed(snapshot.options());
    } catch (IllegalArgumentException e) {
      throw new RefusedException("the snapshot's options can't be used: " + e.getMessage());
    }
  }

  private static LiveCamera restored(ArchivedSnapshot snapshot, DetectorOptions options)
      throws RefusedException {
    try {
      return LiveCamera.resume(
          snapshot.camera(), options.settings(), snapshot.detector(), snapshot.clock());
    } catch (SnapshotException e) {
      throw new RefusedException("the archived detector can't be restored: " + e.getMessage());
    }
  }

  /** Leads the detector through the frames; gives the peak frame's picture. */
  private byte @Nullable [] run(FrameRange range, CameraReplay replay, IncidentEvent event)
      throws ExpiredException, RefusedException, TopicLogException {
    try (EmbedderLease lease = lease()) {
      String space = lease.embedder().space().id();
      if (!space.equals(event.space())) {
        throw new RefusedException(
            "the event is of space %s, the model here gives %s".formatted(event.space(), space));
      }
      PictureEmbedding embedding = new PictureEmbedding(decoder, lease.embedder(), replay::accept);
      PeakPicture peak = new PeakPicture(event.peak().frame());
      range.read(
          frame -> {
            peak.look(frame);
            embedding.add(frame);
          });
      embedding.flush();
      return peak.picture;
    }
  }

  private EmbedderLease lease() throws RefusedException {
    try {
      return embedders.acquire();
    } catch (IllegalStateException e) {
      throw new RefusedException("the model can't be loaded: " + e.getMessage());
    }
  }

  private static final class PeakPicture {
    private final FrameRef wanted;
    private byte @Nullable [] picture;

    PeakPicture(FrameRef wanted) {
      this.wanted = wanted;
    }

    void look(FrameRecord frame) {
      if (frame.ref().offset() == wanted.offset()) {
        picture = frame.picture();
      }
    }
  }
}

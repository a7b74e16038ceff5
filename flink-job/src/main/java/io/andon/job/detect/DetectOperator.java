package io.andon.job.detect;

import io.andon.contracts.ControlCommand;
import io.andon.contracts.DeadLetterReason;
import io.andon.detection.Command;
import io.andon.detection.CommandApplied;
import io.andon.detection.HealthChange;
import io.andon.detection.IncidentChange;
import io.andon.detection.OpenEnds;
import io.andon.detection.Verdict;
import io.andon.detection.kernel.Kernels;
import io.andon.embedding.flink.EmbeddedFrame;
import io.andon.job.archive.ArchiveMoment;
import io.andon.job.archive.SnapshotArchive;
import io.andon.job.events.EventEncoder;
import io.andon.job.events.OutboundRecord;
import io.andon.job.metrics.DetectMeters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Hands each camera's frames and commands to its detector and gives on what the detector says. The
 * first input is frames, the second commands, both keyed by camera. Incidents leave by the main
 * output, the rest by {@link DetectOutputs}. Only frames move event time on: a quiet control topic
 * holds nothing back.
 */
final class DetectOperator extends AbstractStreamOperator<OutboundRecord>
    implements TwoInputStreamOperator<EmbeddedFrame, ControlRecord, OutboundRecord>,
        Triggerable<String, VoidNamespace>,
        CameraCache.Store {
  private static final String STATE_NAME = "camera";
  private static final String UNDO_NAME = "undo";
  private static final String TIMERS_NAME = "silence";

  private final transient DetectSettings settings;
  private final transient EventEncoder encoder;
  private final transient StreamRecord<OutboundRecord> reused = new StreamRecord<>(null);

  @SuppressWarnings("NullAway.Init") // set by open
  private transient ValueState<byte[]> state;

  /** Apart, so that an incremental checkpoint has each of them once. */
  @SuppressWarnings("NullAway.Init") // set by open
  private transient MapState<Long, byte[]> undo;

  @SuppressWarnings("NullAway.Init") // set by open
  private transient InternalTimerService<VoidNamespace> timers;

  @SuppressWarnings("NullAway.Init") // set by open
  private transient RetiredCameras retired;

  @SuppressWarnings("NullAway.Init") // set by open
  private transient CameraCache cameras;

  private transient @Nullable DetectMeters meters;
  private transient @Nullable SnapshotArchive archive;

  DetectOperator(StreamOperatorParameters<OutboundRecord> parameters, DetectSettings settings) {
    super(parameters);
    this.settings = settings;
    this.encoder = new EventEncoder(settings.framesTopic());
  }

  @Override
  public void open() throws Exception {
    super.open();
    LOG.info("detection computes by {}", Kernels.best().name());
    state = getPartitionedState(cameraState());
    undo =
        getPartitionedState(
            new MapStateDescriptor<>(
                UNDO_NAME, LongSerializer.INSTANCE, BytePrimitiveArraySerializer.INSTANCE));
    requireReadableState();
    timers = getInternalTimerService(TIMERS_NAME, VoidNamespaceSerializer.INSTANCE, this);
    retired = new RetiredCameras(getPartitionedState(RetiredCameras.descriptor()), timers);
    cameras = new CameraCache(settings.maxLiveCameras(), this, this::load);
    meters = DetectMeters.open(settings.maxLabelledCameras());
    archive = settings.openArchive();
  }

  private static ValueStateDescriptor<byte[]> cameraState() {
    return new ValueStateDescriptor<>(STATE_NAME, BytePrimitiveArraySerializer.INSTANCE);
  }

  /** Before anything is read or written: a state that this job can't read stops it for good. */
  private void requireReadableState() throws Exception {
    StateCheck check = new StateCheck(settings.detectorSettings());
    KeyedStateBackend<String> backend = getKeyedStateBackend();
    backend.applyToAllKeys(
        VoidNamespace.INSTANCE,
        VoidNamespaceSerializer.INSTANCE,
        cameraState(),
        (camera, value) -> check.look(camera, stored()));
    check.requireReadable();
  }

  private LiveCamera load(String camera, @Nullable StoredCamera stored) throws Exception {
    return stored == null
        ? LiveCamera.create(camera, settings.detectorSettings())
        : LiveCamera.restore(camera, settings.detectorSettings(), stored);
  }

  /** What is stored of the camera that is the current key. */
  private @Nullable StoredCamera stored() throws Exception {
    byte[] bytes = state.value();
    if (bytes == null) {
      return null;
    }
    Map<Long, byte[]> snapshots = new TreeMap<>();
    for (Map.Entry<Long, byte[]> snapshot : undo.entries()) {
      snapshots.put(snapshot.getKey(), snapshot.getValue());
    }
    return new StoredCamera(bytes, snapshots);
  }

  @Override
  public @Nullable StoredCamera read(String camera) throws Exception {
    return ofCamera(camera, this::stored);
  }

  @Override
  public void write(String camera, StateChanges changes) throws Exception {
    ofCamera(
        camera,
        () -> {
          state.update(changes.state());
          for (Map.Entry<Long, byte[]> taken : changes.undoTaken().entrySet()) {
            undo.put(taken.getKey(), taken.getValue());
          }
          for (Long gone : changes.undoGone()) {
            undo.remove(gone);
          }
          return null;
        });
  }

  /** The cache reaches for cameras other than the one whose record is being processed. */
  private @Nullable StoredCamera ofCamera(String camera, StateAccess access) throws Exception {
    Object before = getCurrentKey();
    setCurrentKey(camera);
    try {
      return access.run();
    } finally {
      if (before != null) {
        setCurrentKey(before);
      }
    }
  }

  private interface StateAccess {
    @Nullable StoredCamera run() throws Exception;
  }

  @Override
  public void processElement1(StreamRecord<EmbeddedFrame> element) throws Exception {
    EmbeddedFrame frame = element.getValue();
    LiveCamera camera = cameras.get(frame.metadata().camera());
    if (camera.detector().lastFrame().isEmpty()) {
      if (retired.includes(frame.recordTimestampMicros())) {
        reject(frame, DeadLetterReason.RETIRED, "written before the camera was retired");
        return;
      }
      retired.remove();
    }
    ArchiveMoment before = ArchiveMoment.of(camera.detector());
    long gap = camera.detector().gapBefore(Observations.stamp(frame));
    LiveCamera.Taken taken = camera.take(frame);
    if (taken instanceof LiveCamera.Taken.Refused refused) {
      reject(frame, refused.reason(), refused.detail());
    } else if (taken instanceof LiveCamera.Taken.Seen seen) {
      emit(frame, seen.verdict(), camera);
      meters().missing(gap);
      archive(frame, camera, before);
      watchForSilence(camera);
    }
  }

  private void archive(EmbeddedFrame frame, LiveCamera camera, ArchiveMoment before) {
    if (archive != null) {
      archive.frameSeen(
          camera.detector(),
          frame.metadata().camera(),
          before,
          Observations.stamp(frame),
          camera.clock(),
          frame.spaceId());
    }
  }

  private void reject(EmbeddedFrame frame, DeadLetterReason reason, String detail) {
    emit(DetectOutputs.DEAD_LETTERS, encoder.deadLetter(frame, reason, detail));
    meters().deadLetter(reason);
  }

  private void emit(EmbeddedFrame frame, Verdict verdict, LiveCamera camera) {
    String id = frame.metadata().camera();
    for (CommandApplied applied : verdict.commands()) {
      emit(DetectOutputs.CONTROL_ACKS, encoder.applied(id, applied));
      meters().command(applied.refused() ? "refused" : applied.late() ? "late" : "applied");
    }
    for (IncidentChange change : verdict.incidents()) {
      emitIncident(id, camera, change);
      meters().frameTold(change, nowMicros());
    }
    for (HealthChange change : verdict.health()) {
      emit(DetectOutputs.HEALTH, encoder.health(id, change));
    }
    long nowMicros = nowMicros();
    emit(DetectOutputs.SCORES, encoder.score(frame, verdict, nowMicros));
    meters().scored(frame, verdict, camera.detector().falseAlarmsPerDay(), nowMicros);
  }

  private void emitIncident(String id, LiveCamera camera, IncidentChange change) {
    output.collect(reused.replace(encoder.incident(id, camera.clockOf(change), change)));
    meters().incident(id, change);
  }

  @Override
  public void processElement2(StreamRecord<ControlRecord> element) throws Exception {
    ControlRecord control = element.getValue();
    ControlCommand told = control.command();
    if (told instanceof ControlCommand.Retire retire) {
      retire(retire, control);
      return;
    }
    Command command = Commands.of(told);
    LiveCamera camera = cameras.get(control.camera());
    long given = control.givenMicros(settings.clock().millis());
    switch (camera.detector().accept(command, given)) {
      case QUEUED -> camera.markDirty();
      // Acknowledged when the first one is, under the same id.
      case DUPLICATE -> meters().command("duplicate");
      case QUEUE_FULL -> {
        emit(
            DetectOutputs.CONTROL_ACKS,
            encoder.refused(
                control.camera(),
                command.id(),
                "too many commands wait for their frames",
                control.timestampMillis()));
        meters().command("queue-full");
      }
    }
  }

  /** A camera that is gone has no next frame, so this acts at once. */
  private void retire(ControlCommand.Retire command, ControlRecord control) throws Exception {
    String id = command.camera();
    LiveCamera camera = cameras.get(id);
    Optional<OpenEnds> ended = camera.detector().retire();
    if (ended.isPresent()) {
      OpenEnds ends = ended.get();
      for (IncidentChange change : ends.incidents()) {
        emitIncident(id, camera, change);
      }
      for (HealthChange change : ends.health()) {
        emit(DetectOutputs.HEALTH, encoder.health(id, change));
      }
      boolean late = command.actsFromMicros() <= ends.last().capturedMicros();
      CommandApplied applied =
          new CommandApplied(command.id(), ends.last(), late, false, "forgotten");
      emit(DetectOutputs.CONTROL_ACKS, encoder.applied(id, applied));
      meters().command(late ? "late" : "applied");
    } else {
      String why = "no frame of this camera is remembered; commands that waited are forgotten";
      emit(
          DetectOutputs.CONTROL_ACKS,
          encoder.refused(id, command.id(), why, control.timestampMillis()));
      meters().command("refused");
    }
    forget(id, camera);
    retired.add(control.givenMicros(settings.clock().millis()));
  }

  private void forget(String id, LiveCamera camera) {
    if (camera.hasTimer()) {
      timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, camera.timerMillis());
    }
    cameras.forget(id);
    state.clear();
    undo.clear();
    meters().retired(id);
  }

  private void watchForSilence(LiveCamera camera) {
    long deadlineMicros = camera.detector().silenceDeadlineMicros();
    if (deadlineMicros == Long.MAX_VALUE) {
      return;
    }
    long atMillis = TimeUnit.MICROSECONDS.toMillis(deadlineMicros) + 1;
    // It moves later with each frame, and earlier where a camera's frames begin to come faster.
    if (camera.hasTimer() && atMillis < camera.timerMillis()) {
      timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, camera.timerMillis());
      camera.timerFired();
    }
    if (!camera.hasTimer()) {
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, atMillis);
      camera.timerRegistered(atMillis);
      camera.markDirty();
    }
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    if (retired.expired()) {
      return;
    }
    LiveCamera camera = cameras.get(timer.getKey());
    camera.timerFired();
    camera.markDirty();
    long eventTimeMicros = TimeUnit.MILLISECONDS.toMicros(timer.getTimestamp());
    List<IncidentChange> changes = camera.detector().silence(eventTimeMicros);
    for (IncidentChange change : changes) {
      emitIncident(timer.getKey(), camera, change);
      meters().silent(timer.getKey());
    }
    watchForSilence(camera);
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("no timer of processing time is ever registered");
  }

  @Override
  public void processWatermark1(Watermark mark) throws Exception {
    processWatermark(mark);
  }

  @Override
  public void processWatermark2(Watermark mark) {
    // commands carry no event time of frames
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    cameras.writeBackAll();
    meters().cache(cameras.size(), cameras.stateBytes());
  }

  @Override
  public void close() throws Exception {
    try {
      if (archive != null) {
        archive.close();
        archive = null;
      }
      if (meters != null) {
        meters.close();
        meters = null;
      }
    } finally {
      super.close();
    }
  }

  private <T> void emit(org.apache.flink.util.OutputTag<T> tag, T value) {
    output.collect(tag, new StreamRecord<>(value));
  }

  private DetectMeters meters() {
    if (meters == null) {
      throw new IllegalStateException("the operator is not open");
    }
    return meters;
  }

  private long nowMicros() {
    java.time.Instant now = settings.clock().instant();
    return TimeUnit.SECONDS.toMicros(now.getEpochSecond())
        + TimeUnit.NANOSECONDS.toMicros(now.getNano());
  }
}

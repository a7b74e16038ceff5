package io.andon.job.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.contracts.ClockSource;
import io.andon.detection.DetectorSettings;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CameraCacheTest {
  private static final DetectorSettings SETTINGS = DetectorSettings.defaults();

  private final MapStore store = new MapStore();

  @Test
  void writesTheLeastRecentlyUsedCameraBackWhenItLeaves() throws Exception {
    CameraCache cache = cache(2);
    cache.get("a").frameSeen(ClockSource.SENDER);
    cache.get("b").frameSeen(ClockSource.ARRIVAL);
    cache.get("a");
    cache.get("c");

    assertThat(cache.size()).isEqualTo(2);
    assertThat(store.bytes).containsOnlyKeys("b");
  }

  @Test
  void bringsACameraBackAsItWas() throws Exception {
    CameraCache cache = cache(1);
    LiveCamera before = cache.get("a");
    before.frameSeen(ClockSource.SENDER);
    before.timerRegistered(1234);
    byte[] state = before.changes().state();
    cache.get("b");

    LiveCamera after = cache.get("a");
    assertThat(after).isNotSameAs(before);
    assertThat(after.clock()).isEqualTo(ClockSource.SENDER);
    assertThat(after.hasTimer()).isTrue();
    assertThat(after.changes().state()).isEqualTo(state);
  }

  @Test
  void writesOnlyWhatChangedAtACheckpointAndKeepsItInMemory() throws Exception {
    CameraCache cache = cache(4);
    cache.get("a").frameSeen(ClockSource.SENDER);
    cache.get("b");
    cache.writeBackAll();

    assertThat(store.bytes).containsOnlyKeys("a");
    assertThat(cache.size()).isEqualTo(2);
    store.bytes.clear();
    cache.writeBackAll();
    assertThat(store.bytes).isEmpty();
  }

  @Test
  void aMillionCameraIdsTakeTheRoomOfAFew() throws Exception {
    CameraCache cache = cache(4);
    for (int camera = 0; camera < 1_000_000; camera++) {
      cache.get("camera-" + camera);
    }
    assertThat(cache.size()).isEqualTo(4);
    assertThat(store.bytes).as("nothing was learnt of them").isEmpty();
  }

  private CameraCache cache(int maxCameras) {
    return new CameraCache(
        maxCameras,
        store,
        (camera, state) ->
            state == null
                ? LiveCamera.create(camera, SETTINGS)
                : LiveCamera.restore(camera, SETTINGS, state));
  }

  private static final class MapStore implements CameraCache.Store {
    private final Map<String, StoredCamera> bytes = new HashMap<>();

    @Override
    public @Nullable StoredCamera read(String camera) {
      return bytes.get(camera);
    }

    @Override
    public void write(String camera, StateChanges changes) {
      bytes.put(camera, new StoredCamera(changes.state(), changes.undoTaken()));
    }
  }
}

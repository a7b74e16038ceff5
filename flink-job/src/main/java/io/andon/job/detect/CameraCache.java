package io.andon.job.detect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Live detectors over a store of bytes: at most a given number, the least recently used one leaves
 * first, and what was changed is written back before it leaves and before each checkpoint. docs/adr
 * 0007 says why. Used by one thread.
 */
final class CameraCache {
  /** Where cameras are kept. */
  interface Store {
    @Nullable StoredCamera read(String camera) throws Exception;

    void write(String camera, StateChanges changes) throws Exception;
  }

  /** Makes a live camera of what was kept, or a new one. */
  interface Loader {
    LiveCamera load(String camera, @Nullable StoredCamera stored) throws Exception;
  }

  private final int maxCameras;
  private final Store store;
  private final Loader loader;
  private final Map<String, LiveCamera> live = new LinkedHashMap<>(16, 0.75f, true);
  private long stateBytes;

  CameraCache(int maxCameras, Store store, Loader loader) {
    this.maxCameras = maxCameras;
    this.store = store;
    this.loader = loader;
  }

  LiveCamera get(String camera) throws Exception {
    LiveCamera found = live.get(camera);
    if (found != null) {
      return found;
    }
    makeRoom();
    LiveCamera loaded = loader.load(camera, store.read(camera));
    live.put(camera, loaded);
    return loaded;
  }

  /** Drops a camera without writing it back. */
  void forget(String camera) {
    live.remove(camera);
  }

  private void makeRoom() throws Exception {
    while (live.size() >= maxCameras) {
      Map.Entry<String, LiveCamera> eldest = live.entrySet().iterator().next();
      writeBack(eldest.getKey(), eldest.getValue());
      live.remove(eldest.getKey());
    }
  }

  /** Writes every changed camera back; they stay in memory. */
  void writeBackAll() throws Exception {
    stateBytes = 0;
    List<Map.Entry<String, LiveCamera>> entries = new ArrayList<>(live.entrySet());
    for (Map.Entry<String, LiveCamera> entry : entries) {
      stateBytes += writeBack(entry.getKey(), entry.getValue());
    }
  }

  private long writeBack(String camera, LiveCamera changed) throws Exception {
    if (!changed.dirty()) {
      return 0;
    }
    StateChanges changes = changed.changes();
    store.write(camera, changes);
    changed.written();
    return changes.bytes();
  }

  int size() {
    return live.size();
  }

  /** Bytes written back at the last checkpoint. */
  long stateBytes() {
    return stateBytes;
  }
}

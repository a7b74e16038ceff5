package io.andon.embedding.tensorflow;

import ai.djl.engine.Engine;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts TensorFlow once a process. The natives come from {@code TENSORFLOW_LIBRARY_PATH} or from a
 * jar on the class path (unpacked once into JavaCPP's cache); left to itself DJL would download
 * them, so this class comes first and refuses to go on without them.
 */
final class TensorFlowRuntime {
  static final String LIBRARY_PATH = "TENSORFLOW_LIBRARY_PATH";

  /**
   * Whether TensorFlow's CPU kernels are oneDNN's. Left to itself it uses them only where it sees
   * AVX512-VNNI or better. They are faster elsewhere too, and unlike its other kernels they sum in
   * an order that depends neither on the batch nor on the number of threads.
   */
  static final String ONE_DNN = "TF_ENABLE_ONEDNN_OPTS";

  private static final String THREADS = "ai.djl.tensorflow.num_intraop_threads";

  /** What this process was asked for first, whichever job's class loader asked. */
  private static final String STARTED_WITH = "io.andon.tensorflow.threads";

  private static final String[] LIBRARIES = {
    "libtensorflow_framework.so.2", "libtensorflow_cc.so.2", "libjnitensorflow.so"
  };
  private static final Logger LOG = LoggerFactory.getLogger(TensorFlowRuntime.class);

  private TensorFlowRuntime() {}

  /**
   * Starts the engine, or checks that it runs as asked.
   *
   * @param intraOpThreads threads of one operation, 0 for one a core
   * @throws IllegalStateException if there are no natives, or the engine runs with another number
   */
  static synchronized Engine start(int intraOpThreads) {
    String asked = Integer.toString(intraOpThreads);
    Object running = System.getProperties().putIfAbsent(STARTED_WITH, asked);
    if (running != null && !running.equals(asked)) {
      throw new IllegalStateException(
          "intraOpThreads is "
              + asked
              + "; allowed is "
              + running
              + ", which TensorFlow was started with in this process;"
              + " for another number start the process (a TaskManager, say) anew");
    }
    if (running == null) {
      prepare(intraOpThreads);
    }
    Engine engine = Engine.getEngine("TensorFlow");
    if (running == null) {
      LOG.info(
          "TensorFlow {} from {}, {} GPUs, {}={}",
          engine.getVersion(),
          libraryPath(),
          engine.getGpuCount(),
          ONE_DNN,
          ProcessEnvironment.get(ONE_DNN));
    }
    return engine;
  }

  private static void prepare(int intraOpThreads) {
    ProcessEnvironment.setDefault(ONE_DNN, "1");
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    if (intraOpThreads > 0) {
      System.setProperty(THREADS, Integer.toString(intraOpThreads));
    }
    if (libraryPath() == null) {
      System.setProperty(LIBRARY_PATH, unpack(TensorFlowRuntime.class.getClassLoader()));
    }
  }

  private static @Nullable String libraryPath() {
    String property = System.getProperty(LIBRARY_PATH);
    return property != null ? property : System.getenv(LIBRARY_PATH);
  }

  /**
   * Unpacks the natives into JavaCPP's cache, unless they are there.
   *
   * @return the directory that holds them
   * @throws IllegalStateException if the class path has none
   */
  static String unpack(ClassLoader classLoader) {
    String folder = "org/tensorflow/internal/c_api/" + Loader.getPlatform() + "/";
    String directory = "";
    for (String library : LIBRARIES) {
      URL resource = classLoader.getResource(folder + library);
      if (resource == null) {
        throw new IllegalStateException(
            "no TensorFlow natives: "
                + LIBRARY_PATH
                + " is not set and the class path has no "
                + folder
                + library
                + "; put org.tensorflow:tensorflow-core-native for this platform"
                + " on the class path, or unpack it and set "
                + LIBRARY_PATH
                + " (they are never downloaded at run time)");
      }
      try {
        File unpacked = Loader.cacheResource(resource);
        directory = unpacked.getParent();
      } catch (IOException e) {
        throw new UncheckedIOException("TensorFlow's natives can't be unpacked", e);
      }
    }
    return directory;
  }
}

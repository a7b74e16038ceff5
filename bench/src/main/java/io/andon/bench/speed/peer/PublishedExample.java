package io.andon.bench.speed.peer;

import ai.djl.inference.Predictor;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import io.andon.embedding.Embedder;
import io.andon.embedding.EmbedderFactory;
import io.andon.embedding.EmbedderLease;
import io.andon.embedding.FrameEmbedding;
import io.andon.embedding.flink.EmbeddedFrame;
import io.andon.embedding.flink.FrameRecord;
import io.andon.embedding.flink.StageTimes;
import io.andon.embedding.model.Model;
import io.andon.embedding.model.ModelStore;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.jspecify.annotations.Nullable;

/**
 * A map function as DJL's own examples write it: its image factory reads the picture, a translator
 * scales it, and a predictor of the whole model takes one at a time. Nothing of the job's decoder
 * and embedder is in it, so its embeddings differ from the job's as far as the two scale
 * differently.
 */
public final class PublishedExample extends RichMapFunction<FrameRecord, EmbeddedFrame>
    implements PeerTopology.EmbeddingStage {
  private static final long serialVersionUID = 1;

  private final EmbedderFactory embedders;
  private final String modelDirectory;
  private transient @Nullable Open open;

  /**
   * A stage with a model of its own.
   *
   * @param embedders of the job: they load TensorFlow as the job sets it, and tell shape and space
   * @param modelDirectory directory of the model
   */
  public PublishedExample(EmbedderFactory embedders, String modelDirectory) {
    this.embedders = embedders;
    this.modelDirectory = modelDirectory;
  }

  @Override
  public DataStream<EmbeddedFrame> embed(DataStream<FrameRecord> frames) {
    return frames.map(this, EmbeddedFrame.TYPE);
  }

  @Override
  public void open(OpenContext context) throws Exception {
    EmbedderLease lease = embedders.acquire();
    try {
      open = Open.of(lease, ModelStore.openDirectory(Path.of(modelDirectory)));
    } catch (Exception | Error e) {
      lease.close();
      throw e;
    }
  }

  @Override
  public EmbeddedFrame map(FrameRecord frame) throws Exception {
    return Objects.requireNonNull(open).embed(frame);
  }

  @Override
  public void close() {
    if (open != null) {
      open.close();
      open = null;
    }
  }

  private record Open(
      EmbedderLease lease,
      ZooModel<Image, FrameEmbedding> model,
      Predictor<Image, FrameEmbedding> predictor,
      Clock clock) {
    static Open of(EmbedderLease lease, Model model) throws Exception {
      Embedder embedder = lease.embedder();
      ZooModel<Image, FrameEmbedding> loaded =
          Criteria.builder()
              .setTypes(Image.class, FrameEmbedding.class)
              .optEngine("TensorFlow")
              .optModelPath(model.directory())
              .optModelName("saved_model")
              .optOption("SignatureDefKey", model.descriptor().signature())
              .optTranslator(new ExampleTranslator(embedder, model.descriptor()))
              .build()
              .loadModel();
      return new Open(lease, loaded, loaded.newPredictor(), Clock.systemUTC());
    }

    EmbeddedFrame embed(FrameRecord frame) throws Exception {
      Image image =
          ImageFactory.getInstance().fromInputStream(new ByteArrayInputStream(frame.picture()));
      long decoded = micros();
      FrameEmbedding embedding = predictor.predict(image);
      return new EmbeddedFrame(
          frame.metadata(),
          frame.ref(),
          frame.recordTimestampMicros(),
          embedding,
          new StageTimes(frame.fetchedMicros(), decoded, micros()),
          lease.embedder().space().id());
    }

    private long micros() {
      return clock.millis() * 1_000;
    }

    void close() {
      predictor.close();
      model.close();
      lease.close();
    }
  }
}

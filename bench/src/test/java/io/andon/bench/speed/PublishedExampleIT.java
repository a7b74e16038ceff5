package io.andon.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.bench.speed.peer.PublishedExample;
import io.andon.contracts.ClockSource;
import io.andon.contracts.FrameMetadata;
import io.andon.contracts.FrameRef;
import io.andon.embedding.EmbedderFactory;
import io.andon.embedding.EmbedderLease;
import io.andon.embedding.EmbeddingResult;
import io.andon.embedding.FrameEmbedding;
import io.andon.embedding.Picture;
import io.andon.embedding.flink.FrameRecord;
import io.andon.embedding.model.ModelStore;
import io.andon.embedding.picture.DecodeResult;
import io.andon.embedding.picture.JpegPictureDecoder;
import io.andon.embedding.tensorflow.DeviceChoice;
import io.andon.embedding.tensorflow.Precision;
import io.andon.embedding.tensorflow.TensorFlowEmbedderFactory;
import io.andon.embedding.tensorflow.TensorFlowSettings;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.junit.jupiter.api.Test;

/** What is compared has to be the same model on the same pictures. */
class PublishedExampleIT {
  @Test
  void embedsAPictureAsTheJobDoesButForItsScaling() throws Exception {
    ModelStore models =
        ModelStore.of(
            Map.of(
                ModelStore.ROOT_VARIABLE,
                Objects.requireNonNullElse(
                    System.getenv(ModelStore.ROOT_VARIABLE), "../.cache/models")));
    // TensorFlow takes one number of threads a process: that of the other tests here.
    EmbedderFactory embedders =
        TensorFlowEmbedderFactory.of(
            new TensorFlowSettings(
                models.open(ModelStore.DEFAULT_MODEL),
                Precision.FP32,
                DeviceChoice.CPU,
                1,
                0,
                new JpegPictureDecoder().name()));
    PublishedExample example =
        new PublishedExample(embedders, models.root().resolve(ModelStore.DEFAULT_MODEL).toString());
    Pictures pictures = Pictures.render(1);
    try (EmbedderLease lease = embedders.acquire()) {
      example.open(new OpenContext() {});
      for (int i = 0; i < 3; i++) {
        FrameEmbedding ofTheJob = embed(lease, pictures.any(i));
        FrameEmbedding ofTheExample =
            Objects.requireNonNull(example.map(frame(pictures.any(i), i)).embedding());

        assertThat(ofTheExample.rows()).isEqualTo(ofTheJob.rows());
        assertThat(ofTheExample.columns()).isEqualTo(ofTheJob.columns());
        assertThat(ofTheExample.luma().values()).hasSameSizeAs(ofTheJob.luma().values());
        assertThat(cosine(ofTheExample.pooled(), ofTheJob.pooled())).isBetween(0.97, 1.0001);
        assertThat(cosine(floats(ofTheExample.patches()), floats(ofTheJob.patches())))
            .isBetween(0.9, 1.0001);
      }
    } finally {
      example.close();
    }
  }

  private static FrameEmbedding embed(EmbedderLease lease, byte[] jpeg) {
    DecodeResult result =
        new JpegPictureDecoder()
            .decode(
                jpeg,
                Pictures.WIDTH,
                Pictures.HEIGHT,
                lease.embedder().inputShapeFor(Pictures.WIDTH, Pictures.HEIGHT));
    Picture picture = ((DecodeResult.Decoded) result).picture();
    return ((EmbeddingResult.Valid) lease.embedder().embed(List.of(picture)).get(0)).embedding();
  }

  private static FrameRecord frame(byte[] jpeg, long seq) {
    FrameMetadata metadata =
        new FrameMetadata(
            "a",
            seq * 100_000,
            ClockSource.SENDER,
            1,
            seq,
            Pictures.WIDTH,
            Pictures.HEIGHT,
            Set.of());
    return new FrameRecord(metadata, new FrameRef("andon.frames", 0, seq, "a", 1, seq), 0, 0, jpeg);
  }

  private static float[] floats(byte[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = values[i];
    }
    return floats;
  }

  private static double cosine(float[] one, float[] other) {
    double product = 0;
    double ones = 0;
    double others = 0;
    for (int i = 0; i < one.length; i++) {
      product += one[i] * other[i];
      ones += one[i] * one[i];
      others += other[i] * other[i];
    }
    return product / Math.sqrt(ones * others);
  }
}

package io.andon.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.andon.embedding.InputShape;
import io.andon.embedding.Picture;
import io.andon.embedding.picture.DecodeResult;
import io.andon.embedding.picture.JpegPictureDecoder;
import io.andon.embedding.testing.FakeEmbedder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What costs nothing must say what the model says. */
class RecordedEmbedderTest {
  @Test
  void everyPictureHasTheEmbeddingThatTheModelGaveIt() throws Exception {
    FakeEmbedder real = new FakeEmbedder(7);
    Pictures pictures = Pictures.render(1);
    RecordedEmbedder recorded = RecordedEmbedder.of(real, pictures);
    for (byte[] jpeg : pictures.distinct()) {
      Picture picture = decoded(jpeg, real.inputShapeFor(Pictures.WIDTH, Pictures.HEIGHT));
      assertThat(recorded.embed(List.of(picture)))
          .usingRecursiveComparison()
          .isEqualTo(real.embed(List.of(picture)));
    }
  }

  @Test
  void aPictureThatTheModelNeverSawIsRefused() throws Exception {
    FakeEmbedder real = new FakeEmbedder(7);
    RecordedEmbedder recorded = RecordedEmbedder.of(real, Pictures.render(1));
    InputShape shape = real.inputShapeFor(Pictures.WIDTH, Pictures.HEIGHT);
    Picture other = decoded(Pictures.render(2).distinct().get(0), shape);
    assertThatThrownBy(() -> recorded.embed(List.of(other)))
        .hasMessageContaining("was not asked about this picture");
  }

  private static Picture decoded(byte[] jpeg, InputShape shape) {
    DecodeResult result =
        new JpegPictureDecoder().decode(jpeg, Pictures.WIDTH, Pictures.HEIGHT, shape);
    assertThat(result).isInstanceOf(DecodeResult.Decoded.class);
    return ((DecodeResult.Decoded) result).picture();
  }
}

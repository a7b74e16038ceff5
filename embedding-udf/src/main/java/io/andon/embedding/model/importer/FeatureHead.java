package io.andon.embedding.model.importer;

import io.andon.embedding.model.Whitening;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;

/**
 * The operations that Andon puts around a backbone, so that little crosses into the JVM: pixels in,
 * one reduced, whitened, quantised grid and one vector out. Divisions are by exact operations, not
 * by fast reciprocals, which would give a value other bits at another place in the batch.
 */
final class FeatureHead {
  /** A cell whose features are all but zero stays near zero instead of becoming noise. */
  private static final float SMALLEST_NORM = 1e-6f;

  private static final float LARGEST_STEP = 127;
  private static final String IMAGES = "images";

  private final GraphBuilder graph;

  FeatureHead(GraphBuilder graph) {
    this.graph = graph;
  }

  /** Placeholder {@code images}, uint8 NHWC of any size, and what the network wants of it. */
  String input(float scale, float offset) {
    AttrValue shape = AttrValue.newBuilder().setShape(GraphBuilder.shape(-1, -1, -1, 3)).build();
    graph.add(
        "Placeholder",
        IMAGES,
        List.of(),
        Map.of("dtype", GraphBuilder.type(DataType.DT_UINT8), "shape", shape));
    String pixels = graph.cast("andon/pixels", IMAGES, DataType.DT_UINT8, DataType.DT_FLOAT);
    if (scale != 1) {
      pixels =
          graph.floats(
              "Mul", "andon/scaled", pixels, graph.constant("andon/scale", new float[] {scale}));
    }
    if (offset != 0) {
      pixels =
          graph.floats(
              "AddV2",
              "andon/shifted",
              pixels,
              graph.constant("andon/offset", new float[] {offset}));
    }
    return pixels;
  }

  /** Stride 8 averaged 2 x 2 onto stride 16, each of unit length in a cell, one after the other. */
  String features(String stride8, String stride16) {
    String averaged =
        graph.add(
            "AvgPool",
            "andon/averaged",
            List.of(stride8),
            Map.of(
                "T", GraphBuilder.FLOAT,
                "ksize", GraphBuilder.integers(1, 2, 2, 1),
                "strides", GraphBuilder.integers(1, 2, 2, 1),
                "padding", GraphBuilder.text("VALID"),
                "data_format", GraphBuilder.text("NHWC")));
    String axis = graph.constant("andon/features/axis", new int[] {3});
    return graph.add(
        "ConcatV2",
        "andon/features",
        List.of(unit("andon/unit8", averaged), unit("andon/unit16", stride16), axis),
        Map.of(
            "T", GraphBuilder.FLOAT,
            "N", GraphBuilder.integer(2),
            "Tidx", GraphBuilder.type(DataType.DT_INT32)));
  }

  private String unit(String name, String input) {
    String squares = graph.floats("Mul", name + "/squares", input, input);
    String sum = graph.reduce("Sum", name + "/sum", squares, true, 3);
    String norm = graph.floats("Sqrt", name + "/norm", sum);
    String smallest = graph.constant(name + "/smallest", new float[] {SMALLEST_NORM});
    String divisor = graph.floats("Maximum", name + "/divisor", norm, smallest);
    return graph.floats("RealDiv", name, input, divisor);
  }

  /** The mean of each channel over the picture. */
  String pooled(String stride32) {
    return graph.reduce("Mean", "andon/pooled", stride32, false, 1, 2);
  }

  /** Features projected by a whitening, in int8 steps but not yet rounded. */
  String projected(String features, Whitening whitening) {
    int inputs = whitening.inputs();
    int outputs = whitening.outputs();
    float[] kernel = new float[inputs * outputs];
    float[] bias = new float[outputs];
    for (int out = 0; out < outputs; out++) {
      double shift = 0;
      for (int in = 0; in < inputs; in++) {
        double weight = (double) whitening.matrix()[out * inputs + in] / whitening.step();
        kernel[in * outputs + out] = (float) weight;
        shift -= weight * whitening.mean()[in];
      }
      bias[out] = (float) shift;
    }
    String product =
        graph.add(
            "Conv2D",
            "andon/product",
            List.of(features, graph.constant("andon/kernel", kernel, 1, 1, inputs, outputs)),
            Map.of(
                "T", GraphBuilder.FLOAT,
                "strides", GraphBuilder.integers(1, 1, 1, 1),
                "padding", GraphBuilder.text("VALID"),
                "data_format", GraphBuilder.text("NHWC")));
    return graph.add(
        "BiasAdd",
        "andon/projected",
        List.of(product, graph.constant("andon/bias", bias, outputs)),
        Map.of("T", GraphBuilder.FLOAT, "data_format", GraphBuilder.text("NHWC")));
  }

  /** Rounded to the nearest int8 step, clipped to -127..127. */
  String quantised(String projected) {
    String rounded = graph.floats("Round", "andon/rounded", projected);
    String most = graph.constant("andon/most", new float[] {LARGEST_STEP});
    String least = graph.constant("andon/least", new float[] {-LARGEST_STEP});
    String capped = graph.floats("Minimum", "andon/capped", rounded, most);
    String clipped = graph.floats("Maximum", "andon/clipped", capped, least);
    return graph.cast("andon/patches", clipped, DataType.DT_FLOAT, DataType.DT_INT8);
  }

  /** One boolean a picture: whether its projected grid and its pooled vector are finite. */
  String finite(String projected, String pooled) {
    String grid = allFinite("andon/finite/grid", projected, 1, 2, 3);
    String vector = allFinite("andon/finite/vector", pooled, 1);
    return graph.add("LogicalAnd", "andon/finite", List.of(grid, vector), Map.of());
  }

  private String allFinite(String name, String input, int... axes) {
    return graph.reduce("All", name, graph.floats("IsFinite", name + "/each", input), false, axes);
  }
}

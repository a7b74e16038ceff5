package io.andon.embedding.model.importer;

import io.andon.embedding.InputShape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one published network becomes a model.
 *
 * @param id the model's id
 * @param version the model's version
 * @param files the network's files in the package, without {@code .json} and {@code .bin}
 * @param input the node of the network that our input takes the place of
 * @param scale a pixel's value 0..255 is multiplied by this
 * @param offset and this is added
 * @param stride8 node whose output is taken at stride 8
 * @param stride16 node whose output is taken at stride 16
 * @param stride32 node whose output is averaged into the pooled vector
 * @param channels features of stride 8 and 16 together
 * @param dimensions features at stride 32
 * @param whitening resource beside this class; without it patches leave the graph as floats
 * @param licence what the descriptor says of the licence
 */
record Recipe(
    String id,
    String version,
    String files,
    String input,
    float scale,
    float offset,
    String stride8,
    String stride16,
    String stride32,
    int channels,
    int dimensions,
    @Nullable String whitening,
    String licence) {
  /** The npm package that every network here comes from. */
  static final String PACKAGE = "@vladmandic/human";

  static final int SHORT_SIDE = 256;
  private static final String MOVENET =
      "StatefulPartitionedCall/center_net_mobile_net_v2fpn_feature_extractor/model_1/model/";

  /** The default model: CenterNet's MobileNetV3-Large-0.75 backbone, trained on COCO. */
  static final Recipe CENTERNET =
      new Recipe(
          "centernet-mobilenet-v3",
          "3.3.6-2",
          "models/centernet",
          "tower_0/images",
          1,
          0,
          "tower_0/MobilenetV3/expanded_conv_5/add",
          "tower_0/MobilenetV3/expanded_conv_11/add",
          "tower_0/extern1/hard_swish/mul_1",
          120,
          480,
          "centernet-mobilenet-v3.whitening.json",
          "MIT");

  /** A second network, unwhitened: the MobileNetV2 backbone of MoveNet Lightning. */
  static final Recipe MOVENET_BACKBONE =
      new Recipe(
          "movenet-mobilenet-v2",
          "3.3.6-1",
          "models/movenet-lightning",
          "StatefulPartitionedCall/sub_1",
          1 / 127.5f,
          -1,
          MOVENET + "block_5_add/add",
          MOVENET + "block_12_add/add",
          MOVENET + "out_relu/Relu6",
          128,
          1280,
          null,
          "MIT");

  static final List<Recipe> ALL = List.of(CENTERNET, MOVENET_BACKBONE);

  /** The same network without its projection. */
  Recipe unwhitened() {
    return new Recipe(
        id,
        version,
        files,
        input,
        scale,
        offset,
        stride8,
        stride16,
        stride32,
        channels,
        dimensions,
        null,
        licence);
  }

  /** Pictures keep their aspect: short side 256, long side a multiple of 32 up to 2.5 times it. */
  static List<InputShape> shapes() {
    List<InputShape> shapes = new ArrayList<>();
    for (int longSide = SHORT_SIDE; longSide <= 640; longSide += 32) {
      shapes.add(new InputShape(longSide, SHORT_SIDE));
      if (longSide > SHORT_SIDE) {
        shapes.add(new InputShape(SHORT_SIDE, longSide));
      }
    }
    return shapes;
  }
}

package io.andon.embedding.model.importer;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.proto.VersionDef;

/** Builds a TensorFlow graph node by node. Each method returns the name of the node it added. */
final class GraphBuilder {
  /** The graph version of TensorFlow 2.16, the oldest that reads it being 0. */
  private static final int PRODUCER = 1087;

  static final AttrValue FLOAT = type(DataType.DT_FLOAT);

  private final GraphDef.Builder graph =
      GraphDef.newBuilder().setVersions(VersionDef.newBuilder().setProducer(PRODUCER));
  private final Set<String> names = new HashSet<>();

  GraphDef build() {
    return graph.build();
  }

  String add(NodeDef node) {
    if (!names.add(node.getName())) {
      throw new IllegalArgumentException("two nodes are called " + node.getName());
    }
    graph.addNode(node);
    return node.getName();
  }

  String add(String op, String name, List<String> inputs, Map<String, AttrValue> attributes) {
    return add(
        NodeDef.newBuilder()
            .setOp(op)
            .setName(name)
            .addAllInput(inputs)
            .putAllAttr(attributes)
            .build());
  }

  /** An operation whose only attribute is that it works on floats. */
  String floats(String op, String name, String... inputs) {
    return add(op, name, List.of(inputs), Map.of("T", FLOAT));
  }

  String cast(String name, String input, DataType from, DataType to) {
    return add(
        "Cast",
        name,
        List.of(input),
        Map.of("SrcT", type(from), "DstT", type(to), "Truncate", bool(false)));
  }

  String constant(String name, Weight weight) {
    if (weight instanceof Weight.Floats floats) {
      return constant(name, floats.values(), floats.shape());
    }
    Weight.Ints ints = (Weight.Ints) weight;
    return constant(name, ints.values(), ints.shape());
  }

  String constant(String name, float[] values, long... shape) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return constant(name, DataType.DT_FLOAT, bytes.array(), shape);
  }

  String constant(String name, int[] values, long... shape) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(values);
    return constant(name, DataType.DT_INT32, bytes.array(), shape);
  }

  private String constant(String name, DataType dtype, byte[] content, long... shape) {
    TensorProto tensor =
        TensorProto.newBuilder()
            .setDtype(dtype)
            .setTensorShape(shape(shape))
            .setTensorContent(ByteString.copyFrom(content))
            .build();
    AttrValue value = AttrValue.newBuilder().setTensor(tensor).build();
    return add("Const", name, List.of(), Map.of("dtype", type(dtype), "value", value));
  }

  /** A reduction (Mean, Sum, ...) over axes. */
  String reduce(String op, String name, String input, boolean keepDims, int... axes) {
    String over = constant(name + "/axes", axes, axes.length);
    AttrValue index = type(DataType.DT_INT32);
    Map<String, AttrValue> attributes =
        op.equals("All")
            ? Map.of("Tidx", index, "keep_dims", bool(keepDims))
            : Map.of("T", FLOAT, "Tidx", index, "keep_dims", bool(keepDims));
    return add(op, name, List.of(input, over), attributes);
  }

  static AttrValue type(DataType dtype) {
    return AttrValue.newBuilder().setType(dtype).build();
  }

  static AttrValue text(String value) {
    return AttrValue.newBuilder().setS(ByteString.copyFromUtf8(value)).build();
  }

  static AttrValue bool(boolean value) {
    return AttrValue.newBuilder().setB(value).build();
  }

  static AttrValue integer(long value) {
    return AttrValue.newBuilder().setI(value).build();
  }

  static AttrValue integers(long... values) {
    AttrValue.ListValue.Builder list = AttrValue.ListValue.newBuilder();
    for (long value : values) {
      list.addI(value);
    }
    return AttrValue.newBuilder().setList(list).build();
  }

  static TensorShapeProto shape(long... sides) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long side : sides) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(side));
    }
    return shape.build();
  }
}
